/**
 * Send windows and quiet hours: when may a message leave? Safe: pure, and it ends after 400 days. A window
 * belongs to the local date on which it opens, opens once and closes once, whatever the clocks do.
 */
import { DAY_MS, MINUTE_MS } from '../duration.ts';
import type { Instant, WindowPlan } from '../plan.ts';
import { parseTimeOfDay } from './local-date.ts';
import { dateOfDay, fromWallClock, hasWallDay, wallDay, weekdayOfDay } from './wall-clock.ts';

const SEARCH_DAYS = 400;

/** A stretch of time in which a window is open: `closes` is outside. */
export interface OpenWindow {
  readonly opens: Instant;
  readonly closes: Instant;
}

/**
 * Finds when the window is open: from `at` on where that is inside it, else from its next opening. `from` is inside, `to` is
 * not; a `to` not after `from` is that time on the next day, so 22:00 to 06:00 is a night and 00:00 to
 * 00:00 a whole day. An opening or closing in a gap is the transition; one that comes twice, the first.
 *
 * @param holidays local dates, `YYYY-MM-DD`, on which it does not open; default none
 * @throws RangeError [window-never-opens] within 400 days; [invalid-time-of-day], [unknown-zone], [invalid-instant]
 * @example
 * const night = { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' };
 * const noon = Date.UTC(2026, 2, 2, 12);
 * new Date(nextWindow(night, noon, 'UTC').opens).toISOString() // => '2026-03-02T22:00:00.000Z'
 * new Date(nextWindow(night, noon, 'UTC', new Set(['2026-03-02'])).opens).toISOString() // => '2026-03-03T22:00:00.000Z'
 */
export function nextWindow(
  window: WindowPlan,
  at: Instant,
  zone: string,
  holidays?: ReadonlySet<string>,
): OpenWindow {
  const from = parseTimeOfDay(window.from) * MINUTE_MS;
  const until = parseTimeOfDay(window.to) * MINUTE_MS;
  const to = until > from ? until : until + DAY_MS;
  const today = wallDay(at, zone);
  // Yesterday's may still be open, past midnight.
  for (let day = to > DAY_MS ? today - 1 : today; day <= today + SEARCH_DAYS; day += 1) {
    if (!window.days.includes(weekdayOfDay(day)) || holidays?.has(dateOfDay(day))) continue;
    const closes = fromWallClock(day * DAY_MS + to, zone);
    if (closes <= at || !hasWallDay(day, zone)) continue;
    const opens = fromWallClock(day * DAY_MS + from, zone);
    if (opens < closes) return { opens: Math.max(at, opens), closes };
  }
  throw new RangeError(
    `Send window ${window.from} to ${window.to} on weekdays [${window.days.join(', ')}]: expected an opening within ${SEARCH_DAYS} days of ${dateOfDay(today)}, received none. Name at least one weekday that is not always a holiday. [window-never-opens]`,
  );
}
