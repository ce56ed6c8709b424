/** The activities of a worker, under the names by which workflows call them. */
import type { Answer } from '../dsl/step.ts';
import type { Asked, Outdated, OwnCodeAsked, Unanswered, Unwritten } from '../engine/asked.ts';
import type { Move } from '../engine/position.ts';
import type { WhoIsIn, WhoIsInAsked } from '../engine/who-is-in.ts';
import { drainLane, type DrainOptions } from './lanes/drain-lane.ts';
import { whoIsIn } from './recovery/who-is-in.ts';
import { perform } from './requests/perform.ts';
import { runOwnCode } from './requests/run-own-code.ts';
import { recordPositions } from './requests/write-moves.ts';
import type { World } from './world.ts';

export const createActivities = (world: World) => ({
  /** Answers a batch of requests, in one transaction with where they lead. */
  perform: (asked: readonly Asked[]): Promise<readonly (Answer | Unanswered | Outdated)[]> =>
    perform(world, asked),
  /** Keeps where people stand whom no answer moved. Idempotent: a repeat writes the same rows. */
  recordPositions: (moves: readonly Move[]): Promise<readonly Unwritten[]> =>
    recordPositions(world, moves),
  /** Who is in a cohort that begins, because the engine has lost the one before. */
  whoIsIn: (asked: WhoIsInAsked): Promise<WhoIsIn> => whoIsIn(world, asked),
  /** One person's own step or checks: at least once. */
  runOwnCode: (asked: OwnCodeAsked): Promise<Answer> => runOwnCode(world, asked),
  /** Drains a lane for as long as it is let. */
  drainLane: (lane: string, options: DrainOptions): Promise<{ batches: number }> =>
    drainLane(world, lane, options),
});

export type Activities = ReturnType<typeof createActivities>;
