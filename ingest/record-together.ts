/**
 * Records what senders report as it comes; what comes while others are being recorded is recorded with those that come
 * meanwhile, in one transaction: under load a transaction serves many, and alone nobody waits. One whose items cannot
 * be recorded stops nobody else.
 */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import { recordForEach, type RecordResult } from '../activities/behaviour/record-behaviour.ts';
import { type Asked, together } from '../activities/together.ts';
import type { World } from '../activities/world.ts';
import { isStoreAway } from '../store/is-store-away.ts';

export type RecordItems = (items: readonly BehaviourItem[]) => Promise<RecordResult>;

/** Items in one transaction, beyond those of the first who waits. */
const MOST_ITEMS = 500;

type Request = Asked<readonly BehaviourItem[], RecordResult>;

export const recordTogether = (world: World): RecordItems =>
  together((requests) => record(world, requests), countOf);

/** Requests of one transaction. */
function countOf(waiting: readonly (readonly BehaviourItem[])[]): number {
  let items = 0;
  const end = waiting.findIndex((each, i) => {
    items += each.length;
    return i > 0 && items > MOST_ITEMS;
  });
  return end === -1 ? waiting.length : end;
}

/** Never rejects: each request hears its own. */
async function record(world: World, requests: readonly Request[]): Promise<void> {
  try {
    const results = await recordForEach(
      world,
      requests.map(({ item }) => item),
    );
    for (const [i, { resolve, reject }] of requests.entries()) {
      const result = results[i];
      if (result === undefined) reject(new Error('A request has no result.'));
      else resolve(result);
    }
  } catch (error) {
    if (requests.length === 1 || isStoreAway(error)) {
      for (const { reject } of requests) reject(error);
      return;
    }
    const middle = Math.ceil(requests.length / 2);
    await record(world, requests.slice(0, middle));
    await record(world, requests.slice(middle));
  }
}
