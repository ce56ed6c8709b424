/** What a number of touches took: touches a second, and processor time of server and worker for each. */
import { processorTime } from './processor-time.ts';

export interface Rate {
  readonly perSecond: number;
  /** Milliseconds per touch; NaN where it cannot be known. */
  readonly processorMs: number;
}

export async function rateOf(touches: number, play: () => Promise<unknown>): Promise<Rate> {
  const used = await processorTime();
  const begun = performance.now();
  await play();
  const ms = performance.now() - begun;
  const usedNow = await processorTime();
  return {
    perSecond: touches / (ms / 1000),
    processorMs: ((usedNow ?? Number.NaN) - (used ?? Number.NaN)) / touches,
  };
}
