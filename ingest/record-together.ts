/**
 * Records what senders report as it comes; what comes while others are being recorded is recorded with those that come
 * meanwhile, in one transaction: under load a transaction serves many, and alone nobody waits. One whose items cannot
 * be recorded stops nobody else.
 */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import { recordForEach, type RecordResult } from '../activities/behaviour/record-behaviour.ts';
import type { World } from '../activities/world.ts';
import { isStoreAway } from '../store/is-store-away.ts';

export type RecordItems = (items: readonly BehaviourItem[]) => Promise<RecordResult>;

/** Transactions at a time. */
const AT_ONCE = 1;
/** Items in one transaction, beyond those of the first who waits. */
const MOST_ITEMS = 500;

interface Request {
  readonly items: readonly BehaviourItem[];
  readonly resolve: (result: RecordResult) => void;
  readonly reject: (error: unknown) => void;
}

export function recordTogether(world: World): RecordItems {
  const waiting: Request[] = [];
  let running = 0;

  const start = async (): Promise<void> => {
    if (running === AT_ONCE || waiting.length === 0) return;
    running += 1;
    await record(world, takeSome(waiting));
    running -= 1;
    void start();
  };

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      void start();
    });
}

function takeSome(waiting: Request[]): readonly Request[] {
  let items = 0;
  const end = waiting.findIndex((each, i) => {
    items += each.items.length;
    return i > 0 && items > MOST_ITEMS;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Never rejects: each request hears its own. */
async function record(world: World, requests: readonly Request[]): Promise<void> {
  try {
    const results = await recordForEach(
      world,
      requests.map(({ items }) => items),
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
