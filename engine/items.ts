/** What reaches a cohort from outside, as its signals carry it: opaque ids and instants only. */
import type { Happening } from '../dsl/condition.ts';
import type { Instant } from '../dsl/plan.ts';

export type CohortItem = EnrolItem | HappenedItem | EndItem | RetryItem;

/** Somebody enters. An `at` in the future is waited for. */
export interface EnrolItem {
  readonly type: 'enrol';
  readonly run: string;
  readonly lead: string;
  /** Hash of the plan that the run begins with. */
  readonly plan: string;
  readonly zone: string;
  readonly at: Instant;
}

export interface HappenedItem {
  readonly type: 'happened';
  readonly run: string;
  readonly happening: Happening;
  /** Set on news for one step of the run: sales answered the handoff of `step`. */
  readonly news?: { readonly step: string; readonly what: string };
  /** The lead's zone, where it has just changed; counts from the next wait on. */
  readonly zone?: string;
}

/** The run ends for a reason outside the journey: its lead was merged into another. */
export interface EndItem {
  readonly type: 'end';
  readonly run: string;
  readonly reason: 'merged';
  readonly at: Instant;
}

/** A parked run takes again the input that it could not take. */
export interface RetryItem {
  readonly type: 'retry';
  readonly run: string;
}

/** When an item counts; a retry at once. */
export const instantOf = (item: CohortItem): Instant => {
  if (item.type === 'happened') return item.happening.at;
  return item.type === 'retry' ? -Infinity : item.at;
};

export const byInstant = (a: CohortItem, b: CohortItem): number => {
  const [first, second] = [instantOf(a), instantOf(b)];
  return first === second ? 0 : first < second ? -1 : 1;
};
