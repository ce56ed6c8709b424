/** Nothing that happens goes untold because something else is being told. */
import { expect, test } from 'vitest';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { heardStore } from '../../store/heard-store.ts';
import { enrolment } from '../../store/contract/sample-rows.ts';
import type { Store } from '../../store/store.ts';
import { enrolments, people } from '../../store/tables/index.ts';
import { tellHappenings } from './tell-happenings.ts';

const person = (id: string) => ({ id, profile: { name: id }, zone: 'UTC', createdAt: 1 });

test('who comes while it is looked up whom an error has parked is told too', async () => {
  const kept = memoryStore();
  const lines: string[] = [];
  let meanwhile: (() => void) | undefined;
  // The first that looks is asked for who is parked: somebody comes in before it has its answer.
  const looked: Store = {
    ...kept,
    transaction: (work) => {
      meanwhile?.();
      meanwhile = undefined;
      return kept.transaction(work);
    },
  };
  const happenings = tellHappenings(looked, { config: { journeys: [] } }, (line) =>
    lines.push(line),
  );
  const store = heardStore(kept, happenings.hear);
  await store.transaction((tx) => tx.add(people, [person('ana')]));
  await store.transaction((tx) => tx.add(enrolments, [enrolment('r1', { person: 'ana' })]));
  let came: Promise<unknown> = Promise.resolve();
  meanwhile = () => (came = store.transaction((tx) => tx.add(people, [person('ben')])));
  const parked = { id: 'r1', status: 'parked', error: 'It broke.' } as const;
  await store.transaction((tx) => tx.change(enrolments, [parked]));
  await happenings.stop();
  await came;
  await happenings.stop();
  expect(lines.map((line) => line.replace(/^\S+ /, '').split('  ')[0])).toEqual(
    expect.arrayContaining(['ana', 'ben']),
  );
});
