/** `waitHours(n)`: n times sixty minutes, whatever the clocks do. */
import { HOUR_MS } from '../duration.ts';
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type WaitHoursArgs = { readonly hours: number };

/**
 * Waits hours of elapsed time.
 *
 * Compiles to `{ kind: 'waitHours', args: { hours } }`.
 *
 * @param hours more than 0 and at most 8,760; fractions are allowed. Else: `invalid-argument`.
 * @example
 * waitHours(48).key // => 'wait:48h'
 */
export const waitHours = (hours: number, options?: StepOptions): Step =>
  withId({ kind: 'waitHours', args: { hours }, key: `wait:${hours}h` }, options);

export const waitHoursKind = defineStep<WaitHoursArgs>({
  kind: 'waitHours',
  outcomes: () => ['done'],
  check: ({ hours }) =>
    hours > 0 && hours <= 8_760
      ? []
      : [
          invalid(
            'more than 0 and at most 8760 hours',
            hours,
            'Drop the step if no pause is meant.',
          ),
        ],
  label: ({ hours }) => `wait ${hours} hour${hours === 1 ? '' : 's'}`,
  passes: ({ hours }) => `+ ${hours} hour${hours === 1 ? '' : 's'}`,
  enter: ({ hours }, c) => ({ wait: c.at + hours * HOUR_MS }),
  on: { woke: () => ({ out: 'done' }) },
});
