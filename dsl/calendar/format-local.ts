/** Instants as timelines and reports print them. Safe: fixed English names, no locale of the machine. */
import type { Instant } from '../plan.ts';
import { toWall, weekdayOf } from './wall-time.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Writes an instant as calendar and clock of a zone show it, always 16 characters wide.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * formatLocal(Date.UTC(2026, 2, 2, 10), 'UTC') // => 'Mon  2 Mar 10:00'
 */
export function formatLocal(at: Instant, zone: string): string {
  const { date, time } = parts(at, zone);
  return `${date} ${time}`;
}

/**
 * Writes an instant as `formatLocal` does, with the year.
 *
 * @throws RangeError [unknown-zone], [invalid-instant]
 * @example
 * formatLocalWithYear(Date.UTC(2026, 10, 12, 9, 5), 'UTC') // => 'Thu 12 Nov 2026 09:05'
 */
export function formatLocalWithYear(at: Instant, zone: string): string {
  const { date, year, time } = parts(at, zone);
  return `${date} ${year} ${time}`;
}

function parts(at: Instant, zone: string): { date: string; year: number; time: string } {
  const { year, month, day, hour, minute } = toWall(at, zone);
  const date = `${WEEKDAYS[weekdayOf(at, zone) - 1]} ${String(day).padStart(2)} ${MONTHS[month - 1]}`;
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { date, year, time };
}
