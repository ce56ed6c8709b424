import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { WakeQueue } from './wake-queue.ts';

const wake = fc.record({
  at: fc.integer({ min: 0, max: 20 }),
  run: fc.constantFrom('a', 'b', 'c'),
});

const drain = (queue: WakeQueue): string[] => {
  const order: string[] = [];
  for (let first = queue.first(); first !== undefined; first = queue.first()) {
    order.push(`${String(first.at).padStart(2)} ${first.run}`);
    queue.removeFirst();
  }
  return order;
};

test.prop([fc.array(wake), fc.array(wake)])(
  'comes up by instant, then by run, in whatever order it was filled',
  (before, after) => {
    const queue = new WakeQueue();
    for (const { at, run } of before) queue.add(at, run);
    const left = [...before].sort((a, b) => a.at - b.at || (a.run < b.run ? -1 : 1));
    if (queue.first() !== undefined) {
      expect(queue.first()).toEqual(left.shift());
      queue.removeFirst();
    }
    for (const { at, run } of after) queue.add(at, run);
    const all = [...left, ...after].map(({ at, run }) => `${String(at).padStart(2)} ${run}`);
    expect(drain(queue)).toEqual(all.sort());
  },
);

test('an empty queue has nothing first and bears being emptied again', () => {
  const queue = new WakeQueue();
  queue.removeFirst();
  expect(queue.first()).toBeUndefined();
});
