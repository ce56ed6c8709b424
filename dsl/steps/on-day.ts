/** `onDay(n, step)`: a step on the n-th day of the journey; day 1 is the day of entry. */
import { addDays } from '../calendar/local-date.ts';
import { invalid, type Mistake } from '../problem.ts';
import type { AnyStep, Step } from '../step.ts';
import { defineStep } from './define-step.ts';

type OnDayArgs = { readonly day: number };

/**
 * Waits until n − 1 calendar days after entry, at the entry's time of day in the lead's zone, then
 * takes the step. A day that has passed is not waited for. Send windows do not shift later days.
 *
 * Compiles to `{ kind: 'onDay', args: { day } }`, followed by the step.
 *
 * @param day whole, 1 to 1,000. Else: `invalid-argument`.
 * @example
 * onDay(10, waitHours(1)).key // => 'day:10'
 */
export function onDay<L>(day: number, step: Step<L>): Step<L>;
export function onDay(
  day: unknown,
  step: unknown,
): Mistake<'onDay takes a day and one step: onDay(3, sendEmail(template)).'>;
export function onDay(day: unknown, step: unknown): AnyStep | Mistake<string> {
  return {
    kind: 'onDay',
    // Whatever is no day, or no step, is refused when it is compiled.
    args: { day: day as number },
    key: `day:${String(day)}`,
    branches: { done: [step as AnyStep] },
    inline: 'done',
  };
}

export const onDayKind = defineStep<OnDayArgs>({
  kind: 'onDay',
  outcomes: () => ['done'],
  check: ({ day }) =>
    Number.isInteger(day) && day >= 1 && day <= 1_000
      ? []
      : [invalid('a whole day from 1 to 1000', day, 'Day 1 is the day of entry.')],
  label: ({ day }) => `day ${day}`,
  day: ({ day }) => day,
  passes: ({ day }) => `day ${day}`,
  enter: ({ day }, c) => {
    const due = addDays(c.entered, day - 1, c.zone);
    return due <= c.at ? { out: 'done' } : { wait: due };
  },
  on: { woke: () => ({ out: 'done' }) },
});
