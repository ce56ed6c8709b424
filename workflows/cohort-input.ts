/** What a cohort's workflow is started with, and what it hands to its next run. */
import type { Instant } from '../dsl/plan.ts';
import type { Answer, Call } from '../dsl/step.ts';
import type { CohortItem } from '../engine/cohort-item.ts';
import type { CohortSettings, CohortState, PersonCall, Rest } from '../engine/cohort-state.ts';

export interface CohortInput {
  readonly settings: CohortSettings;
  /** Items that came with the start. */
  readonly items?: readonly CohortItem[];
  /** Everybody who was in it when its last run ended. */
  readonly state?: CohortState;
  /** Goes on in a new execution after so many events of history. Default 8,000. */
  readonly maxEvents?: number;
  /** Set where time is skipped: tests and demonstrations. */
  readonly virtual?: VirtualTime;
}

/** A cohort in virtual time lets the world settle before each leap of its clock. */
export interface VirtualTime {
  /** What to add to the workflow's clock, so that a story may begin on any date. */
  readonly offsetMs: number;
  /** Where the last execution's clock stood: a server that skips time may set the next one's anew. */
  readonly resumesAt?: Instant;
}

export interface Settling {
  readonly cohort: string;
  readonly at: Instant;
  /** When the cohort next does something of its own accord; null when everybody's journey is over. */
  readonly wake: Instant | null;
}

export interface Settled {
  /** When recorded behaviour of these people comes next. */
  readonly next: Instant | null;
  /** True where other cohorts share people with this one: each must settle again before it acts. */
  readonly shared: boolean;
}

/** Names and shapes of the activities that a cohort calls. */
export interface CohortActivities {
  perform(calls: readonly PersonCall[]): Promise<readonly Answer[]>;
  recordRests(rests: readonly Rest[]): Promise<void>;
  runOwnCode(asked: OwnCall): Promise<Answer>;
  settle(asked: Settling): Promise<Settled>;
}

/** Own code of one person's step: it travels through history, so it is small. */
export interface OwnCall {
  readonly key: string;
  readonly lead: string;
  readonly at: Instant;
  readonly call: Call;
}
