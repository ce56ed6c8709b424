/** `notify(colleague)`: a note to one of the firm's own people. */
import { defineStep, type Step } from '../step.ts';
import type { Colleague } from '../team.ts';
import { effectHandlers } from './effect-handlers.ts';
import { type StepOptions, withId } from './step-options.ts';

export type NotifyArgs = { readonly to: string; readonly text: string };

export type NotifyEffect = { readonly effect: 'notify' } & NotifyArgs;

export interface NotifyOptions extends StepOptions {
  readonly text?: string;
}

/**
 * Tells one of the firm's people about the lead: a note in the CRM. Not a message to the lead, so no
 * gate, window or cap.
 *
 * Compiles to `{ kind: 'notify', args: { to, text } }`.
 *
 * @example
 * notify(colleague('head-of-sales')).key // => 'notify:head-of-sales'
 */
export const notify = (to: Colleague, options?: NotifyOptions): Step =>
  withId(
    {
      kind: 'notify',
      args: { to: to.colleague, text: options?.text ?? 'A lead needs your attention.' },
      key: `notify:${to.colleague}`,
    },
    options,
  );

export const notifyKind = defineStep<NotifyArgs, NotifyEffect>({
  kind: 'notify',
  label: ({ to }) => `notify ${to}`,
  ...effectHandlers<NotifyArgs, NotifyEffect>((args) => ({ effect: 'notify', ...args })),
});
