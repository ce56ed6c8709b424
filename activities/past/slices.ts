/** Work on long lists in slices: whoever else needs the process in between gets it. */
import { setImmediate as next } from 'node:timers/promises';

/** Nobody waits longer than this for their turn, as far as it is up to one list. */
const SLICE_MS = 20;
/** Looking at the clock for each item would cost more than the item. */
const ITEMS_PER_LOOK = 32;

/** Does the work for each item, in order. */
export async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  let began = performance.now();
  for (const [i, item] of items.entries()) {
    work(item);
    if (i % ITEMS_PER_LOOK !== 0 || performance.now() - began < SLICE_MS) continue;
    await next();
    began = performance.now();
  }
}
