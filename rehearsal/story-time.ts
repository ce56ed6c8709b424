/** Times in a story, relative to its beginning, on the lead's own wall clock. */
import { addDays, atTimeOfDay, parseLocal } from '../dsl/calendar/local-date.ts';
import type { Occurrence } from '../dsl/event.ts';
import type { Instant } from '../dsl/plan.ts';

/** `day(17, '11:20')`, or a local date and time: `'2026-03-18T11:20'`. */
export type StoryTime = { readonly day: number; readonly time?: string } | string;

export interface PlannedBehaviour {
  readonly at: StoryTime;
  readonly occurrence: Occurrence;
  readonly device?: string;
}

interface BehaviourOptions {
  /** Where it is done, by somebody not known there until they are `Identified` on it. */
  readonly device?: string;
}

/** The n-th day of the story (1 is the first), at a time of day; left out: the time at which it began. */
export const day = (n: number, time?: string): StoryTime =>
  time === undefined ? { day: n } : { day: n, time };

/** Something that the lead does at a time. */
export const at = (
  time: StoryTime,
  occurrence: Occurrence,
  options: BehaviourOptions = {},
): PlannedBehaviour => ({ at: time, occurrence, ...options });

export function instantOf(time: StoryTime, from: Instant, zone: string): Instant {
  if (typeof time === 'string') return parseLocal(time, zone);
  const then = addDays(from, time.day - 1, zone);
  return time.time === undefined ? then : atTimeOfDay(then, time.time, zone);
}
