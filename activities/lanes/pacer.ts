/** Keeps calls under a provider's limit by leaving the same time between them: never a burst. */
import { sleep } from './sleep.ts';

/** Resolves when the next call may be made, or at once when `signal` aborts. */
export type Pacer = (signal?: AbortSignal) => Promise<void>;

/** @param callsPerSecond Infinity for no limit */
export function pacer(callsPerSecond: number): Pacer {
  const gapMs = 1000 / callsPerSecond;
  let free = 0;
  return async (signal) => {
    if (gapMs === 0) return;
    const now = Date.now();
    const mine = Math.max(now, free);
    free = mine + gapMs;
    if (mine > now) await sleep(mine - now, signal);
  };
}
