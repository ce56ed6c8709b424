/** How fast lanes call: under a provider's limit, and so many things at a time. */

/** Resolves when the next call may be made, or at once when `signal` aborts. */
export type Pacer = (signal?: AbortSignal) => Promise<void>;

/**
 * Leaves the same time between calls: never a burst.
 *
 * @param limit asked for its `callsPerSecond` at each call; Infinity for no limit
 */
export function pacer(limit: { readonly callsPerSecond: number }): Pacer {
  let free = 0;
  return async (signal) => {
    const gapMs = 1000 / limit.callsPerSecond;
    if (gapMs === 0) return;
    const now = Date.now();
    const mine = Math.max(now, free);
    free = mine + gapMs;
    if (mine > now) await sleep(mine - now, signal);
  };
}

/** Does work for every item, so many at a time; answers in the order of the items. */
export async function atMost<Item, Result>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // One iterator for all: each takes the next item that is left.
  const left = items.entries();
  const next = async () => {
    for (const [i, item] of left) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, next));
  return results;
}

/** Waits; ends early, without an error, when `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
