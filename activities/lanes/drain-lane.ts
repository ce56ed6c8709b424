/**
 * Drains a lane for as long as it is let: batch after batch under the provider's limit, then waiting
 * for rows without polling. Stops between batches only.
 */
import type { World } from '../world.ts';
import { drainBatch, laneOf } from './drain-batch.ts';
import { pacer, sleep } from './pacer.ts';

export interface DrainOptions {
  /** Called at once and then every other second: says that the drain is alive. */
  readonly heartbeat: () => void;
  /** Ends the drain; the batch at hand is finished first. */
  readonly signal: AbortSignal;
  /** Default: until `signal`. */
  readonly maxBatches?: number;
}

const HEARTBEAT_MS = 2_000;

/** Rows whose news was lost on the way are found after this; and what came to wait behind the drain's back. */
const LOOK_AGAIN_MS = 5_000;

/** Between attempts at rows that cannot be done, doubled each time. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * @returns how many batches were drained
 * @throws ProviderUnavailable as it comes: whoever called knows when to call again
 */
export async function drainLane(
  world: World,
  lane: string,
  { heartbeat, signal, maxBatches = Infinity }: DrainOptions,
): Promise<{ batches: number }> {
  const drained = laneOf(world, lane);
  const { maxBatch, gatherMs } = drained;
  const mayCall = pacer(drained);
  const beating = setInterval(heartbeat, HEARTBEAT_MS);
  let batches = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let behind: string | undefined;
  let lookedAt = Date.now();
  try {
    heartbeat();
    while (batches < maxBatches && !signal.aborted) {
      await mayCall(signal);
      if (signal.aborted) break;
      if (Date.now() - lookedAt >= LOOK_AGAIN_MS) behind = undefined;
      if (behind === undefined) lookedAt = Date.now();
      const { rows, waiting, parted, last } = await drainBatch(world, lane, behind);
      behind = last;
      if (parted > 0) continue;
      if (rows > 0) {
        batches += 1;
        pauseMs = FIRST_PAUSE_MS;
        if (rows < maxBatch) await sleep(gatherMs, signal);
      } else if (waiting > 0) {
        await sleep(pauseMs, signal);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      } else {
        await world.store.waitForRows(lane, LOOK_AGAIN_MS, signal);
      }
    }
    return { batches };
  } finally {
    clearInterval(beating);
  }
}
