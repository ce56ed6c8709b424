/** What a cohort is made of: what it is given, what it asks, what it tells, what a host keeps of it. */
import type { Instant } from '../dsl/plan.ts';
import type { Call } from '../dsl/step.ts';
import type { Input } from './advance.ts';
import type { CohortItem } from './cohort-item.ts';
import type { End, Run } from './run.ts';

export interface CohortSettings {
  /** Wake-ups fall on multiples of this; 1 for a cohort of one. */
  readonly tickMs: number;
  /** People due together leave within this. */
  readonly spreadMs: number;
}

/** One person's call, with the run as it stands. */
export interface PersonCall {
  readonly run: Run;
  readonly call: Call;
  readonly at: Instant;
}

/** Where a run has come to rest without a call that would have told the store. */
export interface Rest {
  readonly run: Run;
  readonly at: Instant;
  readonly end: End | undefined;
  /** Set on a parked run. */
  readonly error?: string;
}

/** A run that could not take an input, kept with it until somebody mends the cause. */
export interface Parked {
  readonly run: Run;
  readonly input: Input;
  readonly error: string;
  /** What came for it since, in order. */
  readonly waiting?: readonly Waiting[];
}

/** An input that a run cannot take yet. */
export interface Waiting {
  readonly input: Input;
  readonly due: Instant;
}

export interface CohortState {
  readonly runs: readonly Run[];
  /** Items whose instant has not come. */
  readonly later: readonly CohortItem[];
  readonly parked: readonly Parked[];
  /** Runs that are over: late duplicates of their entry change nothing. */
  readonly over: readonly string[];
}
