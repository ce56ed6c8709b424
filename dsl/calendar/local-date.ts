/**
 * Dates and times of day as people in a zone mean them, over any change of clocks. Safe: pure; a time in
 * a gap is the instant of the transition, a time that comes twice is the first.
 */
import { DAY_MS, MINUTE_MS } from '../duration.ts';
import type { Instant } from '../plan.ts';
import {
  dateOfDay,
  fromWallClock,
  hasWallDay,
  toWallClock,
  wallDay,
  weekdayOfDay,
} from './wall-clock.ts';

/** Two weeks hold every weekday, even where a zone once left a day out. */
const SEARCH_DAYS = 14;

/**
 * Moves by whole calendar days and keeps the time of day; 0 days is `at` itself.
 *
 * @param days whole number, negative for back
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * const entered = parseLocal('2026-03-07T18:00', 'America/New_York');
 * (addDays(entered, 1, 'America/New_York') - entered) / 3600000 // => 23
 */
export function addDays(at: Instant, days: number, zone: string): Instant {
  return days === 0 ? at : fromWallClock(toWallClock(at, zone) + days * DAY_MS, zone);
}

/**
 * Moves to a time of day on the same local date, back or forth.
 *
 * @param time `HH:MM`, 00:00 to 23:59
 * @throws RangeError [invalid-time-of-day], [unknown-zone], [invalid-instant]
 * @example
 * new Date(atTimeOfDay(0, '09:00', 'Asia/Tokyo')).toISOString() // => '1970-01-01T00:00:00.000Z'
 */
export function atTimeOfDay(at: Instant, time: string, zone: string): Instant {
  return timeOnDay(wallDay(at, zone), time, zone);
}

/**
 * Finds the first instant strictly after `at` with that time of day on one of the weekdays. Each local
 * date has one: over an overlap it does not come twice, over a gap it is not left out.
 *
 * @param time `HH:MM`, 00:00 to 23:59
 * @param days ISO weekdays, 1 Monday … 7 Sunday; default all
 * @throws RangeError [invalid-time-of-day], [no-weekday], [unknown-zone], [invalid-instant]
 * @example
 * const friday = parseLocal('2026-03-06T18:00', 'America/Los_Angeles');
 * const next = nextTimeOfDay(friday, '09:00', 'America/Los_Angeles', [1, 2, 3, 4, 5]);
 * new Date(next).toISOString() // => '2026-03-09T16:00:00.000Z'
 */
export function nextTimeOfDay(
  at: Instant,
  time: string,
  zone: string,
  days?: readonly number[],
): Instant {
  const today = wallDay(at, zone);
  for (let day = today; day <= today + SEARCH_DAYS; day += 1) {
    if (days !== undefined && !days.includes(weekdayOfDay(day))) continue;
    const due = timeOnDay(day, time, zone);
    if (due > at && hasWallDay(day, zone)) return due;
  }
  throw new RangeError(
    `Weekdays: expected some of 1 (Monday) to 7 (Sunday), received [${days?.join(', ')}]. Name at least one day. [no-weekday]`,
  );
}

/**
 * Reads a local date, or a local date and time; a date alone is its first instant.
 *
 * @param text `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`, from year 100 on
 * @throws RangeError [invalid-local-date], [unknown-zone]
 * @example
 * parseLocal('1970-01-01T05:30', 'Asia/Kathmandu') // => 0
 * parseLocal('1970-01-02', 'UTC') // => 86400000
 */
export function parseLocal(text: string, zone: string): Instant {
  const [date = '', time = '00:00', ...rest] = text.split('T');
  const day = dayOf(date);
  if (day === undefined || !isTimeOfDay(time) || rest.length > 0) {
    throw new RangeError(
      `Local date: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM, received ${JSON.stringify(text)}. Write an existing day, and the time in 24 hours. [invalid-local-date]`,
    );
  }
  return timeOnDay(day, time, zone);
}

/**
 * Whether a text is a day that exists, `YYYY-MM-DD`.
 *
 * @example
 * isDate('2028-02-29') // => true
 * isDate('2027-02-29') // => false
 */
export const isDate = (text: string): boolean => dayOf(text) !== undefined;

/** Undefined where there is no such day. */
function dayOf(date: string): number | undefined {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const day = Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
  // Written back, a date that does not exist differs from what was read.
  return Number.isFinite(day) && dateOfDay(day) === date ? day : undefined;
}

/**
 * Reads a time of day as minutes after midnight.
 *
 * @throws RangeError [invalid-time-of-day]
 * @example
 * parseTimeOfDay('09:00') // => 540
 */
export function parseTimeOfDay(time: string): number {
  if (!isTimeOfDay(time)) {
    throw new RangeError(
      `Time of day: expected HH:MM from 00:00 to 23:59, received ${JSON.stringify(time)}. Write two digits each, in 24 hours. [invalid-time-of-day]`,
    );
  }
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * Whether a text is a time of day, `HH:MM`.
 *
 * @example
 * isTimeOfDay('23:59') // => true
 * isTimeOfDay('24:00') // => false
 */
export function isTimeOfDay(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function timeOnDay(day: number, time: string, zone: string): Instant {
  return fromWallClock(day * DAY_MS + parseTimeOfDay(time) * MINUTE_MS, zone);
}
