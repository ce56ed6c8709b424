/** The progress line of the demonstration: how far the calendar has come. Quiet where nobody looks. */
import { formatLocal } from '../../dsl/calendar/format-local.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Recording } from './read-recording.ts';

export interface DemoProgress {
  /** A line of its own. */
  readonly say: (line: string) => void;
  /** A cohort's clock has come to an instant. */
  readonly reached: (cohort: string, at: Instant) => void;
  readonly done: () => void;
}

const DAY_MS = 86_400_000;
const BAR = 30;
const QUARTER_DAYS = 90;

export function demoProgress({ from }: Recording, silent: boolean): DemoProgress {
  const err = process.stderr;
  const clocks = new Map<string, Instant>();
  const wipe = () => (err.isTTY && !silent ? '\r\u001B[K' : '');
  let told = 0;
  return {
    say: (line) => {
      if (!silent) err.write(`${wipe()}${line}\n`);
    },
    reached: (cohort, at) => {
      clocks.set(cohort, Math.max(at, clocks.get(cohort) ?? at));
      const day = Math.round(average([...clocks.values()].map((each) => (each - from) / DAY_MS)));
      if (silent || (!err.isTTY && day < told + QUARTER_DAYS / 3)) return;
      told = day;
      const line = `${bar(day / QUARTER_DAYS)} day ${day}, ${formatLocal(from + day * DAY_MS, 'UTC').slice(0, 10)}, ${clocks.size} journeys begun`;
      err.write(err.isTTY ? `${wipe()}${line}` : `${line}\n`);
    },
    done: () => {
      err.write(wipe());
    },
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

function bar(share: number): string {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
}
