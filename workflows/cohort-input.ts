/** What a cohort's workflow is started with, and the activities that it calls. */
import type { Answer } from '../dsl/step.ts';
import type { Asked, Outdated, OwnCodeAsked, Unanswered, Unwritten } from '../engine/asked.ts';
import type { CohortState } from '../engine/cohort.ts';
import type { CohortItem } from '../engine/items.ts';
import type { Move } from '../engine/position.ts';
import type { CohortSettings } from '../engine/situation.ts';
import type { WhoIsIn, WhoIsInAsked } from '../engine/who-is-in.ts';

/** The signal that brings items to a cohort. */
export const ITEMS_SIGNAL = 'items';

export interface CohortInput {
  readonly settings: CohortSettings;
  /** Items that came with the start. */
  readonly items?: readonly CohortItem[];
  /** Everybody who was in it when its last execution ended. */
  readonly state?: CohortState;
  /** Begins with whoever the store has in it. Left out: with its items alone. */
  readonly ask?: Pick<WhoIsInAsked, 'isBegunAgain'>;
  /** Goes on in a new execution after so many events of history. Default 8,000. */
  readonly maxEvents?: number;
}

/** Names and shapes of the activities. */
export interface CohortActivities {
  perform(asked: readonly Asked[]): Promise<readonly (Answer | Unanswered | Outdated)[]>;
  /** Nothing: all were written, and the worker is of a release that did not say so. */
  recordPositions(moves: readonly Move[]): Promise<readonly Unwritten[] | null | undefined>;
  runOwnCode(asked: OwnCodeAsked): Promise<Answer>;
  whoIsIn(asked: WhoIsInAsked): Promise<WhoIsIn>;
}
