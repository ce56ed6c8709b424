import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { AT, identify, startRecording, submitted, track } from '../../test/fixtures/recording.ts';
import { recordBehaviourContract } from './record-behaviour.contract.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { enrolments, events, laneRows } from '../../store/tables/index.ts';

recordBehaviourContract(() => Promise.resolve(memoryStore()));

property.prop([
  fc.array(
    fc.record({
      item: fc.nat(11),
      size: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 20 },
  ),
])('items delivered again leave the store as one delivery does', async (deliveries) => {
  const items = [
    ...[0, 1, 2].map((n) => submitted({ anonymousId: `a${n}` }, { at: AT + n })),
    ...[0, 1, 2].map((n) => track('Pricing Viewed', { userId: `u${n}` }, { at: AT + 10 + n })),
    ...[0, 1, 2].map((n) =>
      identify({ country: `${n}` }, { userId: `u${n}`, anonymousId: `a${n}` }, { at: AT + 20 + n }),
    ),
    ...[0, 1, 2].map((n) => track('Other', { anonymousId: `a${n}` }, { at: AT + 30 + n })),
  ];
  const once = startRecording(memoryStore());
  const often = startRecording(memoryStore());
  const seen = new Set<BehaviourItem>();
  for (const { item, size } of deliveries) {
    const batch = Array.from({ length: size }, (_, i) => items[(item + i) % items.length]).flatMap(
      (each) => each ?? [],
    );
    const fresh = batch.filter((each) => !seen.has(each));
    for (const each of fresh) seen.add(each);
    await once.record(fresh);
    await often.record(batch);
  }
  const dump = ({ read }: ReturnType<typeof startRecording>) =>
    read(async (tx) => ({
      events: (await tx.find(events, {})).length,
      runs: (await tx.find(enrolments, {})).map(({ status, enteredAt }) => ({ status, enteredAt })),
      rows: (await tx.find(laneRows, {})).length,
    }));
  expect(await dump(often)).toEqual(await dump(once));
});

test('batches are fast', async () => {
  const { record } = startRecording(memoryStore());
  const items = Array.from({ length: 10_000 }, (_, i) =>
    i % 10 === 0
      ? submitted({ userId: `u${i % 2_000}` }, { at: AT + i })
      : track('Pricing Viewed', { userId: `u${i % 2_000}` }, { at: AT + i }),
  );
  const began = performance.now();
  for (let i = 0; i < items.length; i += 500) await record(items.slice(i, i + 500));
  const rate = (items.length / (performance.now() - began)) * 1_000;
  expect(rate).toBeGreaterThan(2_000);
});
