/** `exit()`: the journey ends here for this person. */
import type { Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type ExitArgs = { readonly reason: string };

/**
 * Ends the journey for this person.
 *
 * Compiles to `{ kind: 'exit', args: { reason } }`; nothing may follow it.
 *
 * @example
 * exit('not a fit').key // => 'exit'
 */
export const exit = (reason = 'exit', options?: StepOptions): Step =>
  withId({ kind: 'exit', args: { reason }, key: 'exit' }, options);

export const exitKind = defineStep<ExitArgs>({
  kind: 'exit',
  outcomes: () => ['done'],
  ends: true,
  label: ({ reason }) => `exit ${reason}`,
  enter: () => ({ out: 'done' }),
});
