/** Moments of a story, relative to its beginning, on the lead's own wall clock. */
import { addDays, atTimeOfDay, parseLocal } from '../dsl/calendar/local-date.ts';
import type { Occurrence } from '../dsl/event.ts';
import type { Instant } from '../dsl/plan.ts';

/** `day(17, '11:20')`, or a local date and time: `'2026-03-18T11:20'`. */
export type Moment = { readonly day: number; readonly time?: string } | string;

export interface PlannedBehaviour {
  readonly at: Moment;
  readonly occurrence: Occurrence;
}

/** The n-th day of the story (1 is the first), at a time of day; left out: the time at which it began. */
export const day = (n: number, time?: string): Moment =>
  time === undefined ? { day: n } : { day: n, time };

/** Something that the lead does at a moment. */
export const at = (moment: Moment, occurrence: Occurrence): PlannedBehaviour => ({
  at: moment,
  occurrence,
});

export function instantOf(moment: Moment, from: Instant, zone: string): Instant {
  if (typeof moment === 'string') return parseLocal(moment, zone);
  const then = addDays(from, moment.day - 1, zone);
  return moment.time === undefined ? then : atTimeOfDay(then, moment.time, zone);
}
