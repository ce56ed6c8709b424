/** `waitDays(n)`: n calendar days in the lead's zone, to the same time of day. */
import { addDays } from '../calendar/local-date.ts';
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type WaitDaysArgs = { readonly days: number };

/**
 * Waits calendar days in the lead's own zone, over changes of the clock too.
 *
 * Compiles to `{ kind: 'waitDays', args: { days } }`.
 *
 * @param days whole, 1 to 365. Else: `invalid-argument`.
 * @example
 * waitDays(9).key // => 'wait:9d'
 */
export const waitDays = (days: number, options?: StepOptions): Step =>
  withId({ kind: 'waitDays', args: { days }, key: `wait:${days}d` }, options);

export const waitDaysKind = defineStep<WaitDaysArgs>({
  kind: 'waitDays',
  outcomes: () => ['done'],
  check: ({ days }) =>
    Number.isInteger(days) && days > 0 && days <= 365
      ? []
      : [invalid('more than 0 and at most 365 days', days, 'Drop the step if no pause is meant.')],
  label: ({ days }) => `wait ${days} day${days === 1 ? '' : 's'}`,
  passes: ({ days }) => `+ ${days} day${days === 1 ? '' : 's'}`,
  enter: ({ days }, c) => ({ wait: addDays(c.at, days, c.zone) }),
  on: { woke: () => ({ out: 'done' }) },
});
