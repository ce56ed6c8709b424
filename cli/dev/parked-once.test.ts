import { expect, test } from 'vitest';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { heardStore } from '../../store/heard-store.ts';
import { enrolments } from '../../store/tables/index.ts';
import { enrolment } from '../../store/contract/sample-rows.ts';
import { parkedOnce } from './parked-once.ts';

test('whoever is parked is told once for each error, and again after they had gone on', async () => {
  const kept = memoryStore();
  const parked = parkedOnce(kept);
  const store = heardStore(kept, ({ changesOf }) => parked.hear(changesOf(enrolments)));
  const told = async () => (await parked.takeNew()).map(({ text }) => text.split(' Put')[0]);
  const change = (status: 'parked' | 'live', error: string | null) =>
    store.transaction((tx) => tx.change(enrolments, [{ id: 'r1', status, error }]));
  await store.transaction((tx) => tx.add(enrolments, [enrolment('r1')]));
  await change('parked', 'Own code has failed.');
  await change('parked', 'Own code has failed.');
  expect(await told()).toEqual(['! parked by an error: Own code has failed.']);
  await change('parked', 'Own code has failed.');
  expect(parked.isThere()).toBe(false);
  await change('live', null);
  await change('parked', 'Own code has failed.');
  expect(await told()).toHaveLength(1);
  await change('parked', 'Another one of ana@example.com.');
  expect(await told()).toEqual(['! parked by an error: Another one of …']);
});
