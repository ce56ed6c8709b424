/** An activity's error as Temporal keeps it: what it means for retries, and its text without personal data. */
import { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@temporalio/activity';
import { framesOf } from '../activities/frames-of.ts';
import { OwnCodeFailed } from '../activities/requests/discreetly.ts';
import { withoutPersonalData } from '../activities/without-personal-data.ts';

/** Causes and details are left out: nobody knows what they hold. */
export function asFailure(error: unknown): Error {
  if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) return error;
  if (error instanceof ApplicationFailure) return discreet(error, error);
  if (!(error instanceof Error)) return discreet(new Error(String(error)));
  const thrown = error instanceof OwnCodeFailed ? error.thrown : undefined;
  return thrown instanceof ApplicationFailure ? discreet(error, thrown) : discreet(error);
}

/** @param says whether and when it is tried again, where somebody decided that. */
function discreet(error: Error, says?: ApplicationFailure): Error {
  const failure = ApplicationFailure.create({
    message: withoutPersonalData(error.message),
    type: says?.type ?? error.name,
    nonRetryable: says?.nonRetryable === true,
    ...(says?.nextRetryDelay == null ? {} : { nextRetryDelay: says.nextRetryDelay }),
  });
  failure.stack = [`${failure.name}: ${failure.message}`, ...framesOf(error)].join('\n');
  return failure;
}
