/**
 * The clock that all processes of a deployment share: this machine's, corrected by the store's. An ingest whose own clock
 * is a minute off would else record what people do before they did it, and their journeys would not hear of it.
 */
import type { Instant } from '../dsl/plan.ts';
import type { Store } from '../store/store.ts';

export interface SharedClock {
  readonly now: () => Instant;
  stop(): void;
}

export interface SharedClockOptions {
  readonly own: () => Instant;
  /** Says that this machine's clock is wrong. */
  readonly say: (what: string) => void;
}

const EVERY_MS = 60_000;
/** Less than this is what asking takes. */
const SAME_MS = 250;
const WORTH_SAYING_MS = 5_000;

/** Asks before it answers; from then on once a minute. A store that is away changes nothing. */
export async function sharedClock(
  store: Pick<Store, 'time'>,
  { own, say }: SharedClockOptions,
): Promise<SharedClock> {
  let offsetMs = 0;
  const look = async (): Promise<void> => {
    const before = own();
    const theirs = await store.time();
    const after = own();
    const found = theirs - (before + after) / 2;
    // An answer that took long says little.
    if (Math.abs(found - offsetMs) <= SAME_MS + (after - before)) return;
    offsetMs = Math.abs(found) <= SAME_MS ? 0 : Math.round(found);
    if (Math.abs(offsetMs) >= WORTH_SAYING_MS)
      say(
        `This machine's clock is ${Math.round(Math.abs(offsetMs) / 1_000)} s ${offsetMs > 0 ? 'behind' : 'ahead of'} the store's, which counts. Set it right.`,
      );
  };
  await look();
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS).unref();
  return { now: () => own() + offsetMs, stop: () => clearInterval(timer) };
}
