/** The activities as Temporal calls them: heartbeats, cancellation and retry delays at the edge, nothing else. */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { drainLane } from '../activities/lanes/drain-lane.ts';
import { perform } from '../activities/calls/perform.ts';
import { ProviderUnavailable } from '../activities/ports.ts';
import { recordRests } from '../activities/calls/record-rests.ts';
import { runOwnCode } from '../activities/calls/run-own-code.ts';
import type { World } from '../activities/world.ts';
import type { Lane } from '../store/rows.ts';
import type { CohortActivities } from '../workflows/cohort-input.ts';
import type { LaneActivities } from '../workflows/lane-workflow.ts';

/** Lets what a cohort caused leave and come back; only where time is skipped. */
export type Settle = CohortActivities['settle'];

export interface TemporalActivitiesOptions {
  readonly settle?: Settle | undefined;
  /** Aborted when the worker is asked to stop: lanes finish their batch and end. */
  readonly stopping?: AbortSignal | undefined;
}

export const temporalActivities = (
  world: World,
  { settle, stopping }: TemporalActivitiesOptions = {},
): CohortActivities & LaneActivities => ({
  perform: (calls) => perform(world, calls),
  recordRests: (rests) => recordRests(world, rests),
  runOwnCode: (asked) => runOwnCode(world, asked),
  settle: async (asked) => {
    if (settle === undefined) {
      throw ApplicationFailure.nonRetryable(
        'Time is not skipped here. [not-virtual]',
        'not-virtual',
      );
    }
    return withHeartbeats(() => settle(asked));
  },
  drainLane: ({ lane }) => drain(world, lane as Lane, stopping), // lanes are started by name from the same list
});

/** So that a lane's activity ends, and its history grows, once in a while. */
const BATCHES_PER_ACTIVITY = 1_000;

/** How long a drain that found nothing for the provider to take waits, where the provider does not say. */
const PARK_MS = 15 * 60_000;

async function drain(world: World, lane: Lane, stopping?: AbortSignal): Promise<void> {
  const context = Context.current();
  const { cancellationSignal } = context;
  const signal =
    stopping === undefined ? cancellationSignal : AbortSignal.any([cancellationSignal, stopping]);
  try {
    await drainLane(world, lane, {
      heartbeat: () => context.heartbeat(),
      signal,
      maxBatches: BATCHES_PER_ACTIVITY,
    });
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    const delay = error.retryAfterMs ?? (error.park ? PARK_MS : undefined);
    throw ApplicationFailure.create({
      message: error.message,
      type: error.code,
      ...(delay === undefined ? {} : { nextRetryDelay: delay }),
    });
  }
  // Cut short: another worker takes over at once instead of after a heartbeat's silence.
  if (cancellationSignal.aborted) throw new CancelledFailure('lane handed over');
}

const HEARTBEAT_MS = 1_000;

async function withHeartbeats<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
