/** Senders' clocks are wrong by hours and years; how long ago something happened, by their own clock, is not. */
import type { Instant } from '../dsl/plan.ts';

interface Stamps {
  /** When it happened, by the sender's clock; absent: as it was received. */
  readonly happenedAt?: Instant | null | undefined;
  /** When the sender let it go, by the same clock. */
  readonly sentAt?: Instant | null | undefined;
  readonly receivedAt: Instant;
}

/**
 * When it happened, by our clock: never later than it was received.
 *
 * @example
 * // Sent two seconds after it happened, by a clock that is an hour fast.
 * correctClock({ happenedAt: 3_600_000, sentAt: 3_602_000, receivedAt: 5_000 }) // => 3000
 */
export function correctClock({ happenedAt, sentAt, receivedAt }: Stamps): Instant {
  if (happenedAt === undefined || happenedAt === null) return receivedAt;
  const skew = sentAt === undefined || sentAt === null ? 0 : receivedAt - sentAt;
  return Math.min(receivedAt, happenedAt + skew);
}
