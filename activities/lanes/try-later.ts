/**
 * When rows that could not be done are tried again: each time twice as late, and set aside in the end, so
 * that none of them keeps others out for ever.
 */
import type { Instant } from '../../dsl/plan.ts';
import type { LaneRow } from '../../store/tables/index.ts';
import type { RowOutcome } from './lane.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** The last is made about 13 hours after the first. */
const MOST_ATTEMPTS = 24;

/** @param attempts that were made in vain, this one included */
export const pauseMsAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(attempts - 1, 0), LONGEST_PAUSE_MS);

/** @param error `code`; `detail` without personal data: both are kept with the row */
export function tryLater(
  { key, attempts: before }: Pick<LaneRow, 'key' | 'attempts'>,
  now: Instant,
  { code, detail }: Pick<RowOutcome, 'code' | 'detail'>,
): RowOutcome {
  const attempts = before + 1;
  return attempts < MOST_ATTEMPTS
    ? { key, status: 'later', code, detail, attempts, notBefore: now + pauseMsAfter(attempts) }
    : { key, status: 'aside', code, detail, attempts };
}
