/** Runs every check at once. None waits for another; one that throws or takes too long has found just that. */
import type { Check, Finding, Place } from './check.ts';
import { failed, failure } from './check.ts';

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

async function findingOf(check: Check, place: Place, withinMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => resolve(failure(`No answer within ${withinMs / 1_000} s.`, 'Try again; is it there?')),
      withinMs,
    );
  });
  const looked = Promise.resolve()
    .then(() => check.look(place))
    .catch(failed);
  return Promise.race([looked, late]).finally(() => clearTimeout(timer));
}
