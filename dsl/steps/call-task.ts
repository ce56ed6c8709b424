/** `callTask(id, { by })`: a phone call that one of the firm's people makes. */
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import type { Colleague } from '../team.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type CallTaskArgs = { readonly task: string; readonly by: string };

/** A phone call that one of the firm's people makes. */
export type CallEffect = { readonly effect: 'call' } & CallTaskArgs;

/**
 * Puts a call on somebody's list in the CRM. Skipped where the lead has no phone or wants no calls.
 *
 * Compiles to `{ kind: 'callTask', args: { task, by } }`.
 *
 * @param task what the call is for, in a word or two.
 * @example
 * callTask('check-in', { by: owner }).key // => 'call:check-in'
 */
export const callTask = (task: string, options: StepOptions & { readonly by: Colleague }): Step =>
  withId(
    {
      kind: 'callTask',
      args: { task, by: options.by.colleague },
      key: `call:${task}`,
      uses: { colleagues: [options.by.colleague] },
    },
    options,
  );

export const callTaskKind = defineStep<CallTaskArgs, CallEffect>({
  kind: 'callTask',
  check: ({ task }) =>
    task.trim() === '' ? [invalid('what the call is for', task, 'Name it in a word.')] : [],
  label: ({ task }) => `call ${task}`,
  ...effectHandlers<CallTaskArgs, CallEffect>((args) => ({ effect: 'call', ...args })),
});
