/** Instants as timelines and reports print them. Safe: fixed English names, no locale of the machine. */
import type { Instant } from '../plan.ts';
import { toWallClock, wallDay, weekdayOfDay } from './wall-clock.ts';

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
  const clock = new Date(toWallClock(at, zone));
  const weekday = WEEKDAYS[weekdayOfDay(wallDay(at, zone)) - 1];
  const date = `${String(clock.getUTCDate()).padStart(2)} ${MONTHS[clock.getUTCMonth()]}`;
  return `${weekday} ${date} ${clock.toISOString().slice(11, 16)}`;
}
