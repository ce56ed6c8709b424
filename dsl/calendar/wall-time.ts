/** Wall time and instants, each from the other. Safe: pure arithmetic, the same on every machine. */
import type { Instant } from '../plan.ts';
import { fromWallClock, toWallClock, wallDay, weekdayOfDay } from './wall-clock.ts';

/** What calendar and clock on a wall show. `month` is 1 to 12. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * Reads calendar and clock in a zone.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * toWall(0, 'Asia/Kathmandu') // => { year: 1970, month: 1, day: 1, hour: 5, minute: 30, second: 0, millisecond: 0 }
 */
export function toWall(at: Instant, zone: string): WallTime {
  const date = new Date(toWallClock(at, zone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/**
 * Finds the instant of a wall time: the first of two in an overlap, the transition in a gap. Parts past
 * their range carry over (31 April is 1 May). For years from 100 on.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * fromWall({ year: 1970, month: 1, day: 1, hour: 5, minute: 30, second: 0, millisecond: 0 }, 'Asia/Kathmandu') // => 0
 */
export function fromWall(wall: WallTime, zone: string): Instant {
  const { year, month, day, hour, minute, second, millisecond } = wall;
  return fromWallClock(Date.UTC(year, month - 1, day, hour, minute, second, millisecond), zone);
}

/**
 * Tells the ISO weekday in a zone: 1 Monday … 7 Sunday.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * weekdayOf(0, 'UTC') // => 4
 * weekdayOf(0, 'America/New_York') // => 3
 */
export function weekdayOf(at: Instant, zone: string): number {
  return weekdayOfDay(wallDay(at, zone));
}
