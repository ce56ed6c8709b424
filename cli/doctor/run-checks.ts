/** Runs every check at once. None waits for another; one that throws or takes too long has found just that. */
import { within } from '../../ingest/health/within.ts';
import { type Check, failed, failure, type Finding, type Place } from './check.ts';

/** Of a check as a whole. */
export const CHECK_WITHIN_MS = 9_000;

export interface Found extends Finding {
  readonly check: string;
}

export const runChecks = (
  checks: readonly Check[],
  place: Place,
  withinMs: number,
): Promise<readonly Found[]> =>
  Promise.all(
    checks.map(async (check) => ({
      check: check.name,
      ...(await findingOf(check, place, withinMs)),
    })),
  );

const findingOf = (check: Check, place: Place, withinMs: number): Promise<Finding> =>
  within(
    withinMs,
    () =>
      Promise.resolve()
        .then(() => check.look(place))
        .catch(failed),
    () => failure(`No answer within ${withinMs / 1_000} s.`, 'Try again; is it there?'),
  );
