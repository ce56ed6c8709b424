/**
 * When time alone turns a verdict on a score. Exact to the millisecond, and safe: between two instants at which
 * a state turns, gains only fall and losses only rise, so the values at both ends of a stretch bound the score
 * within it, and a stretch that cannot hold the turn is never looked into.
 */
import type { Facts } from '../condition.ts';
import { DAY_MS } from '../duration.ts';
import type { Instant } from '../plan.ts';
import { round } from './round-points.ts';
import type { ScoreParts } from './scoring-model.ts';

/** By then every decay has ended. */
const HORIZON_MS = 100 * 366 * DAY_MS;
/** Where gains and losses nearly cancel each other near the threshold, the search would be long: it goes on later. */
const MOST_LOOKS = 4_000;

/** Of a threshold: what holds of two scores holds, or not, of all between them. */
type Threshold = (points: number) => boolean;

/**
 * The first instant after `facts.at` at which `holds` turns if nothing happens, or an earlier one from which
 * to look again; undefined where it never does.
 */
export function firstTurn(holds: Threshold, { at, scoreParts }: Facts): Instant | undefined {
  const first = scoreParts(at);
  const now = holds(total(first));
  const horizon = at + HORIZON_MS;
  let looks = 0;
  let [from, parts] = [at, first];
  while (from < horizon) {
    // At its end a state turns: up to the millisecond before, there are decays alone.
    const last = Math.min(parts.until - 1, horizon);
    const found = within(from, parts, last, last > from ? scoreParts(last) : parts);
    if (found !== undefined) return found;
    if (last === horizon) return undefined;
    from = last + 1;
    parts = scoreParts(from);
    if (holds(total(parts)) !== now) return from;
  }
  return undefined;

  /** The first turn in (low, high]; at `low` there was none. */
  function within(
    low: Instant,
    atLow: ScoreParts,
    high: Instant,
    atHigh: ScoreParts,
  ): Instant | undefined {
    if (high <= low || !mayTurn(atLow, atHigh)) return undefined;
    if (high - low === 1) return holds(total(atHigh)) === now ? undefined : high;
    // Not at `low` itself: whoever looks again at once must get further.
    if ((looks += 1) > MOST_LOOKS) return low + 1;
    const middle = Math.floor((low + high) / 2);
    const atMiddle = scoreParts(middle);
    return within(low, atLow, middle, atMiddle) ?? within(middle, atMiddle, high, atHigh);
  }

  function mayTurn(low: ScoreParts, high: ScoreParts): boolean {
    const most = round(low.gains + high.losses);
    const least = round(high.gains + low.losses);
    return holds(most) !== now || holds(least) !== now;
  }
}

const total = ({ gains, losses }: ScoreParts): number => round(gains + losses);
