import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Instant } from '../dsl/plan.ts';
import { WakeQueue } from './wake-queue.ts';

const wake = fc.record({
  at: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  id: fc.constantFrom('a', 'b', 'c', 'd'),
});

test.prop([fc.array(wake), fc.array(wake)])(
  'comes up by instant, then by id, each at its latest instant alone',
  (before, after) => {
    const queue = new WakeQueue();
    const due = new Map<string, Instant>();
    const schedule = ({ id, at }: { readonly id: string; readonly at: Instant | undefined }) => {
      queue.schedule(id, at);
      if (at === undefined) due.delete(id);
      else due.set(id, at);
      const [first] = inOrder(due);
      expect(queue.first()).toEqual(first);
    };
    before.forEach(schedule);
    const first = queue.first();
    if (first !== undefined) schedule({ id: first.id, at: undefined });
    after.forEach(schedule);
    for (const { id } of inOrder(due)) schedule({ id, at: undefined });
    expect(queue.first()).toBeUndefined();
  },
);

const inOrder = (due: ReadonlyMap<string, Instant>) =>
  [...due].map(([id, at]) => ({ at, id })).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
