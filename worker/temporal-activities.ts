/**
 * The activities as Temporal calls them: heartbeats, cancellation and retry delays at the edge, and errors
 * without personal data, because histories and logs keep them.
 */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { type Activities, createActivities } from '../activities/index.ts';
import { withoutPersonalData } from '../activities/without-personal-data.ts';
import { ProviderUnavailable } from '../activities/lanes/sender.ts';
import type { World } from '../activities/world.ts';
import type { CohortActivities } from '../workflows/cohort-input.ts';
import type { LaneActivities } from '../workflows/lane-workflow.ts';
import { asFailure } from './as-failure.ts';

/** @param stopping aborted when the worker is asked to stop: lanes finish their batch and end. */
export function temporalActivities(
  world: World,
  stopping?: AbortSignal,
): CohortActivities & LaneActivities {
  const activities = createActivities(world);
  return {
    perform: discreet(activities.perform),
    recordPositions: discreet(activities.recordPositions),
    runOwnCode: discreet(activities.runOwnCode),
    whoIsIn: discreet(activities.whoIsIn),
    drainLane: discreet(({ lane }) => drain(activities, lane, stopping)),
  };
}

const discreet =
  <Asked, Answer>(activity: (asked: Asked) => Promise<Answer>) =>
  async (asked: Asked): Promise<Answer> => {
    try {
      return await activity(asked);
    } catch (error) {
      throw asFailure(error);
    }
  };

/** So that a lane's activity ends, and its history grows, once in a while. */
const BATCHES_PER_ACTIVITY = 1_000;

/** How long a drain that found nothing for the provider to take waits, where the provider does not say. */
const PARK_MS = 15 * 60_000;

async function drain(
  { drainLane }: Activities,
  lane: string,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const context = Context.current();
  const { cancellationSignal } = context;
  const signal =
    stopping === undefined ? cancellationSignal : AbortSignal.any([cancellationSignal, stopping]);
  try {
    await drainLane(lane, {
      heartbeat: () => context.heartbeat(),
      signal,
      maxBatches: BATCHES_PER_ACTIVITY,
    });
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    const delay = error.retryAfterMs ?? (error.park ? PARK_MS : undefined);
    throw ApplicationFailure.create({
      message: withoutPersonalData(error.message),
      type: error.code,
      ...(delay === undefined ? {} : { nextRetryDelay: delay }),
    });
  }
  // Cut short: another worker takes over at once instead of after a heartbeat's silence.
  if (cancellationSignal.aborted) throw new CancelledFailure('lane handed over');
}
