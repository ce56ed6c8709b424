import { expect, test } from 'vitest';
import { heardStore } from './heard-store.ts';
import { memoryStore } from './memory/memory-store.ts';
import { TryAgain } from './store.ts';
import { identities, people } from './tables/index.ts';

const person = (id: string) => ({ id, profile: {}, zone: null, createdAt: 1 });

test('tells what is new, once, and nothing of what was taken back', async () => {
  const told: (readonly string[])[] = [];
  const store = heardStore(memoryStore(), ({ rowsOf }) =>
    told.push([
      ...rowsOf(people).map(({ id }) => id),
      ...rowsOf(identities).map(({ value }) => value),
    ]),
  );
  await store.transaction(async (tx) => {
    await tx.add(people, [person('ana'), person('ben')]);
    await tx.add(identities, [{ kind: 'user', value: 'a', person: 'ana' }]);
  });
  await store.transaction((tx) => tx.add(people, [person('ana'), person('cleo')]));
  const failing = store.transaction(async (tx) => {
    await tx.add(people, [person('dora')]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  let tries = 0;
  await store.transaction(async (tx) => {
    await tx.add(people, [person('eva')]);
    if ((tries += 1) === 1) throw new TryAgain('eva', ['eva']);
  });
  await store.transaction((tx) => tx.find(people, {}));
  expect(told).toEqual([['ana', 'ben', 'a'], ['cleo'], ['eva']]);
});

test('tells changes as they were asked for', async () => {
  const told: unknown[] = [];
  const store = heardStore(memoryStore(), ({ rowsOf, changesOf }) =>
    told.push([rowsOf(people).length, changesOf(people)]),
  );
  await store.transaction((tx) => tx.add(people, [person('ana')]));
  await store.transaction((tx) => tx.change(people, [{ id: 'ana', zone: 'Asia/Tokyo' }]));
  expect(told).toEqual([
    [1, []],
    [0, [{ id: 'ana', zone: 'Asia/Tokyo' }]],
  ]);
});
