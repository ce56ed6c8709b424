/** `webhook(type, { to })`: reports to another system of the firm, by a signed POST. */
import { event } from '../event.ts';
import type { JsonObject } from '../plan.ts';
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import type { Vendor } from '../vendor.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type WebhookArgs = {
  readonly type: string;
  readonly to: string;
  readonly data: JsonObject;
};

export type WebhookEffect = { readonly effect: 'webhook' } & WebhookArgs;

interface WebhookOptions extends StepOptions {
  /** An https address of the firm's own; http only on this machine. */
  readonly to: string;
  /** What else is in the body, beside the lead; the same for every lead. */
  readonly data?: JsonObject;
}

/**
 * Posts `{ type, timestamp, data: { …data, lead, journey, step, run } }`, signed as Standard Webhooks
 * says; where it is not taken a few times more, always under the same `webhook-id`. What was not taken
 * then comes back as the lead's event `WebhookFailed`. Not a message to the lead, so no gate, window or
 * cap; what has not left when the journey's exit takes the lead out of it is withheld, as messages are.
 *
 * Compiles to `{ kind: 'webhook', args: { type, to, data } }`.
 *
 * @param type what happened, dotted: `lead.qualified`.
 * @see https://github.com/standard-webhooks/standard-webhooks
 * @example
 * webhook('lead.qualified', { to: 'https://ops.example.com/hooks' }).key // => 'webhook:lead.qualified'
 */
export const webhook = (type: string, options: WebhookOptions): Step =>
  withId(
    {
      kind: 'webhook',
      args: { type, to: options.to, data: options.data ?? {} },
      key: `webhook:${type}`,
    },
    options,
  );

/** What events about webhooks carry. */
type AboutWebhook = { readonly template?: string; readonly message?: string };

/** A webhook was taken by its receiver; `template`: its type. */
export const WebhookSent = event<AboutWebhook>('Webhook Sent');
/** The receiver refused a webhook, or nobody knows what became of it. */
export const WebhookFailed = event<AboutWebhook>('Webhook Failed');

/** Posts what `webhook()` asks for; needs `WEBHOOK_SECRET`. By default it is kept on this machine, to be looked at. */
export const signedPosts = (): Vendor<'webhook'> => ({ channel: 'webhook', vendor: 'http' });

export const webhookKind = defineStep<WebhookArgs, WebhookEffect>({
  kind: 'webhook',
  check: ({ type, to, data }) => [
    ...(/^[\w.-]+$/.test(type)
      ? []
      : [invalid('a type of letters, digits, dots and dashes', type, 'As in lead.won.')]),
    ...(ADDRESS.test(to)
      ? []
      : [invalid('an https address without a password', to, 'Plain http only on localhost.')]),
    ...Object.keys(data)
      .filter((name) => SENT_ANYWAY.includes(name))
      .map((name) => invalid('other names in data', name, 'It is in the body already.')),
  ],
  label: ({ type }) => `webhook ${type}`,
  ...effectHandlers<WebhookArgs, WebhookEffect>((args) => ({ effect: 'webhook', ...args })),
});

const SENT_ANYWAY = ['lead', 'journey', 'step', 'run'];

const ADDRESS =
  /^(https:\/\/[^\s/?#@:[\]]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\]))(:\d{1,5})?([/?#]\S*)?$/i;
