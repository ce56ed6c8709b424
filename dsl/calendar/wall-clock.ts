/**
 * A zone's wall clock as one number: the ms since 1970 that UTC's clock would show the same at. Safe: it
 * is arithmetic over `zoneOffset`, and the one place that decides what gaps and overlaps mean; it prints
 * English names, whatever the machine's locale.
 */
import { DAY_MS } from '../duration.ts';
import type { Instant } from '../plan.ts';
import { bisect } from './bisect.ts';
import { zoneOffset } from './zone-offset.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Reads the wall clock at an instant.
 *
 * @example
 * toWallClock(0, 'Asia/Kathmandu') // => 19800000
 */
export function toWallClock(at: Instant, zone: string): number {
  return at + zoneOffset(zone, at);
}

/**
 * Finds the first instant at which the wall clock shows `wallMs`; where it never does (a gap), the
 * instant of the transition, which is the first at which it shows something later.
 *
 * @example
 * fromWallClock(19800000, 'Asia/Kathmandu') // => 0
 */
export function fromWallClock(wallMs: number, zone: string): Instant {
  // No offset reaches a day and no two transitions stand that close, so these two are all there are.
  const before = zoneOffset(zone, wallMs - DAY_MS);
  const early = wallMs - before;
  if (zoneOffset(zone, early) === before) return early;
  const after = zoneOffset(zone, wallMs + DAY_MS);
  const late = wallMs - after;
  if (zoneOffset(zone, late) === after) return late;
  return bisect(late, early, (at) => zoneOffset(zone, at) === after);
}

/** The local date at an instant, as the number of days since 1970-01-01. */
export function wallDay(at: Instant, zone: string): number {
  return Math.floor(toWallClock(at, zone) / DAY_MS);
}

/** Whether the zone had that day at all: Apia, for one, went from 29 to 31 December 2011. */
export function hasWallDay(day: number, zone: string): boolean {
  return wallDay(fromWallClock(day * DAY_MS, zone), zone) === day;
}

/** ISO weekday, 1 Monday … 7 Sunday, of a day number. Day 0 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * Writes a day number as a date.
 *
 * @example
 * dateOfDay(0) // => '1970-01-01'
 */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, -'T00:00:00.000Z'.length);
}

/**
 * Writes an instant as calendar and clock of a zone show it, always 16 characters wide.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * formatLocal(Date.UTC(2026, 2, 2, 10), 'UTC') // => 'Mon  2 Mar 10:00'
 */
export function formatLocal(at: Instant, zone: string): string {
  const clock = new Date(toWallClock(at, zone));
  const weekday = WEEKDAYS[weekdayOfDay(wallDay(at, zone)) - 1];
  const date = `${String(clock.getUTCDate()).padStart(2)} ${MONTHS[clock.getUTCMonth()]}`;
  return `${weekday} ${date} ${clock.toISOString().slice(11, 16)}`;
}
