/** `sendEmail(template)`: an e-mail to the lead, if the gate lets it. */
import type { EmailTemplate } from '../email.ts';
import { localProblem } from '../problem.ts';
import type { Step } from '../step.ts';
import type { Colleague } from '../team.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type SendEmailArgs = {
  readonly template: string;
  readonly topic: string | null;
  readonly class: 'marketing' | 'transactional';
  readonly from: string | null;
};

export type EmailEffect = { readonly effect: 'email' } & SendEmailArgs;

interface SendEmailOptions extends StepOptions {
  /** Who it comes from: `owner`, a colleague; left out: the brand. */
  readonly from?: Colleague;
}

/**
 * Sends a template to the lead. The gate may skip it (suppressed, no consent, no address, cap) or
 * defer it (send window); a skipped message never ends the journey. Sent exactly once in effect,
 * under the key journey/lead/run/step.
 *
 * Compiles to `{ kind: 'sendEmail', args: { template, topic, class, from } }`.
 *
 * @example
 * sendEmail(intro).key // => 'email:intro'
 */
export const sendEmail = <L>(template: EmailTemplate<L>, options?: SendEmailOptions): Step<L> =>
  withId(
    {
      kind: 'sendEmail',
      args: {
        template: template.id,
        topic: template.topic,
        class: template.class,
        from: options?.from?.colleague ?? null,
      },
      key: `email:${template.id}`,
      uses: {
        templates: [template],
        topics: template.topic === null ? [] : [template.topic],
        colleagues: options?.from === undefined ? [] : [options.from.colleague],
      },
    },
    options,
  );

export const sendEmailKind = defineStep<SendEmailArgs, EmailEffect>({
  kind: 'sendEmail',
  check: (args) =>
    args.class === 'transactional' || args.topic !== null
      ? []
      : [
          localProblem(
            'a topic that leads consent to',
            'none',
            'Name it in the template, or give that class: "transactional" where it is no marketing.',
          ),
        ],
  label: ({ template }) => `email ${template}`,
  ...effectHandlers<SendEmailArgs, EmailEffect>((args) => ({ effect: 'email', ...args })),
});
