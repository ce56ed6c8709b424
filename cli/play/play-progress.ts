/** How far the calendar has come, for people: one line that changes, or a line a month where nobody watches. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Terminal } from '../terminal.ts';

const DAY_MS = 86_400_000;
const BAR = 30;
const QUARTER_DAYS = 90;

/** @returns to be called when a cohort's clock has come to an instant. */
export function playProgress(
  from: Instant,
  terminal: Terminal,
  days = QUARTER_DAYS,
): (cohort: string, at: Instant) => void {
  const clocks = new Map<string, Instant>();
  let lastDay = 0;
  return (cohort, at) => {
    clocks.set(cohort, Math.max(at, clocks.get(cohort) ?? at));
    const day = Math.round(average([...clocks.values()].map((each) => (each - from) / DAY_MS)));
    const line = `${bar(day / days)} day ${day}, ${formatLocal(from + day * DAY_MS, 'UTC').slice(0, 10)}, ${clocks.size} journeys begun`;
    if (process.stderr.isTTY) return terminal.progress(line);
    if (day < lastDay + days / 3) return;
    lastDay = day;
    terminal.note(line);
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

function bar(share: number): string {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
}
