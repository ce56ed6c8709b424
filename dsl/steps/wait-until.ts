/** `waitUntil(moment)`: the next such weekday and time, or a date, on the lead's own wall clock. */
import { isTimeOfDay, nextTimeOfDay, parseLocal } from '../calendar/local-date.ts';
import { spreadOffset } from '../calendar/spread.ts';
import { invalid, type LocalProblem } from '../problem.ts';
import type { Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

/** `{ at: '09:00', days: [1] }`: the next Monday 09:00; `{ date: '2027-01-07T09:00' }`: that moment. */
type Moment =
  { readonly at: string; readonly days?: readonly number[] } | { readonly date: string };

const WEEKDAYS = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
};
type Weekday = keyof typeof WEEKDAYS;

/** The next time the lead's clock shows `at`, on one of `days` where some are named. */
export const next = (at: string, ...days: readonly Weekday[]): Moment =>
  days.length === 0 ? { at } : { at, days: days.map((day) => WEEKDAYS[day]) };

/**
 * Waits for a moment on the lead's own wall clock. A time in a gap of the clock moves to the first
 * valid instant; in an overlap it is the first one. People due together are spread over the
 * config's window. A date that has passed is not waited for.
 *
 * Compiles to `{ kind: 'waitUntil', args: { at, days } | { date } }`.
 *
 * @example
 * waitUntil(next('09:00', 'monday')).key // => 'until:mon-09:00'
 */
export const waitUntil = (moment: Moment, options?: StepOptions): Step =>
  withId({ kind: 'waitUntil', args: { ...moment }, key: `until:${labelMoment(moment)}` }, options);

export const waitUntilKind = defineStep<Moment>({
  kind: 'waitUntil',
  outcomes: () => ['done'],
  check: checkMoment,
  label: (moment) => `wait until ${labelMoment(moment)}`,
  date: (moment) => ('date' in moment ? moment.date : undefined),
  passes: labelMoment,
  enter: (moment, c) => {
    const due =
      'date' in moment
        ? parseLocal(moment.date, c.zone)
        : nextTimeOfDay(c.at, moment.at, c.zone, moment.days);
    return due <= c.at ? { out: 'done' } : { wait: due + spreadOffset(c.lead, c.spreadMs) };
  },
  on: { woke: () => ({ out: 'done' }) },
});

function checkMoment(moment: Moment): readonly LocalProblem[] {
  if ('date' in moment) {
    try {
      parseLocal(moment.date, 'UTC');
      return [];
    } catch {
      return [invalid('a date like 2027-01-07 or 2027-01-07T09:00', moment.date, 'Write it so.')];
    }
  }
  const { at, days = [1] } = moment;
  const problems: LocalProblem[] = [];
  if (!isTimeOfDay(at)) {
    const fix = 'Write hours and minutes in two digits.';
    problems.push(invalid('a time from 00:00 to 23:59', at, fix));
  }
  if (days.length === 0 || !days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) {
    const fix = 'Leave them out for every day.';
    problems.push(invalid('weekdays from 1 (Monday) to 7', days, fix));
  }
  return problems;
}

function labelMoment(moment: Moment): string {
  if ('date' in moment) return moment.date;
  const names = Object.keys(WEEKDAYS);
  const days = moment.days?.map((day) => names[day - 1]?.slice(0, 3)).join('+');
  return days === undefined ? moment.at : `${days}-${moment.at}`;
}
