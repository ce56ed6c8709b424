/** `notify(colleague)`: a note to one of the firm's own people. */
import type { Step } from '../step.ts';
import type { Colleague } from '../team.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type NotifyArgs = { readonly to: string; readonly text: string };

export type NotifyEffect = { readonly effect: 'notify' } & NotifyArgs;

/**
 * Leaves one of the firm's people a note about the lead in the CRM. Not a message to the lead, so no
 * gate, window or cap.
 *
 * Compiles to `{ kind: 'notify', args: { to, text } }`.
 *
 * @example
 * notify(colleague('head-of-sales')).key // => 'notify:head-of-sales'
 */
export const notify = (to: Colleague, options?: StepOptions & { readonly text?: string }): Step =>
  withId(
    {
      kind: 'notify',
      args: { to: to.colleague, text: options?.text ?? 'A lead needs your attention.' },
      key: `notify:${to.colleague}`,
      uses: { colleagues: [to.colleague] },
    },
    options,
  );

export const notifyKind = defineStep<NotifyArgs, NotifyEffect>({
  kind: 'notify',
  label: ({ to }) => `notify ${to}`,
  ...effectHandlers<NotifyArgs, NotifyEffect>((args) => ({ effect: 'notify', ...args })),
});
