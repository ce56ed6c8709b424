/** What reaches a cohort from outside, as its signals carry it: opaque ids and instants only. */
import type { Happening } from '../dsl/condition.ts';
import type { Instant } from '../dsl/plan.ts';

export type CohortItem = EnrolItem | HappenedItem | EndItem | RetryItem | LeapItem;

/** Somebody enters. An `at` in the future is waited for. */
export interface EnrolItem {
  readonly type: 'enrol';
  readonly run: string;
  readonly lead: string;
  /** Hash of the plan that the run begins with. */
  readonly plan: string;
  readonly zone: string;
  readonly at: Instant;
  /** Which of several entries it is that led to each other without a wait between them, from 1. */
  readonly chain?: number;
  /** Of a run that an execution took over from the store before its instant. */
  readonly carrier?: string;
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

/** The run ends for a reason outside the journey: its lead was merged into another, or somebody has ended it. */
export interface EndItem {
  readonly type: 'end';
  readonly run: string;
  readonly reason: 'merged' | 'exit';
  readonly at: Instant;
}

/** A parked run takes again the input that it could not take. */
export interface RetryItem {
  readonly type: 'retry';
  readonly run: string;
}

/** The wait in which a run stands ends now, whenever it would have. */
export interface LeapItem {
  readonly type: 'leap';
  readonly run: string;
}

/** When an item counts; a retry and a leap at once. */
export const instantOf = (item: CohortItem): Instant => {
  if (item.type === 'happened') return item.happening.at;
  return item.type === 'retry' || item.type === 'leap' ? -Infinity : item.at;
};

export const byInstant = (a: CohortItem, b: CohortItem): number =>
  compare(instantOf(a), instantOf(b));

/** Of one instant: entries first, then what happened, by id, so that the order of arrival changes nothing. */
export const byInstantAndId = (a: CohortItem, b: CohortItem): number =>
  byInstant(a, b) ||
  compare(ORDER.indexOf(a.type), ORDER.indexOf(b.type)) ||
  compare(idOf(a), idOf(b));

const ORDER: readonly CohortItem['type'][] = ['enrol', 'happened', 'end', 'retry', 'leap'];

const idOf = (item: CohortItem): string =>
  item.type === 'happened' ? item.happening.id : item.run;

const compare = <T extends string | number>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);
