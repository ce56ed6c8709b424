/** The `webhook` channel: what happened in journeys, posted to other systems of the firm. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { EffectKind } from '../../activities/effect-kind.ts';
import type { Renderer, ToRender } from '../../activities/lanes/prepare-messages.ts';
import { sendMessages } from '../../activities/lanes/send-message.ts';
import type { Sender } from '../../activities/lanes/sender.ts';
import { sendingLane } from '../../activities/lanes/sending-lane.ts';
import { type WebhookEffect, WebhookFailed, WebhookSent } from '../../dsl/steps/webhook.ts';
import { identities } from '../../store/tables/index.ts';
import { defineChannel } from '../channel.ts';
import { openJournal } from '../local/journal.ts';
import { localSender, type MemorySender, memorySender } from '../local/local-sender.ts';
import { addressRefusal, type OutgoingWebhook } from './outgoing-webhook.ts';

const webhookEffect: EffectKind<WebhookEffect> = {
  touch: null,
  perform: (_, tx, items) =>
    sendMessages(tx, 'webhook', items, ({ type, to, data }) => ({
      template: type,
      topic: null,
      class: 'transactional',
      from: null,
      payload: { to, data },
    })),
};

/** Receivers know people by the ids that the firm gave them. */
const renderer: Renderer<OutgoingWebhook> = async (tx, person) => {
  const users = await tx.find(identities, { person, kind: 'user' });
  const userIds = new Map(users.map((row) => [row.person, row.value]));
  return (of) => render(of, userIds.get(of.person.id) ?? null);
};

function render({ message, person, payload }: ToRender, userId: string | null): OutgoingWebhook {
  const { key, at, template: type, journey, step, run } = message;
  const { to, data } = payload as Pick<WebhookEffect, 'to' | 'data'>; // as written above
  const lead = { ...person.profile, id: person.id, userId };
  return {
    key,
    at,
    id: `msg_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`,
    type,
    to,
    body: JSON.stringify({
      type,
      timestamp: new Date(at).toISOString(),
      data: { ...data, lead, journey, step, run },
    }),
  };
}

const variables = {
  WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'expected whsec_ and 24 to 64 bytes in base64')
    .optional(),
};

export const webhook = defineChannel<
  'webhook',
  { webhook: typeof webhookEffect },
  Sender<OutgoingWebhook>,
  MemorySender<OutgoingWebhook>,
  typeof variables
>({
  name: 'webhook',
  effects: { webhook: webhookEffect },
  carrier: {
    variables,
    vendors: {
      local: async (_, store) => ({
        port: localSender(openJournal(store, 'webhook'), addressRefusal),
        close: () => Promise.resolve(),
      }),
      http: async ({ WEBHOOK_SECRET: secret }) => {
        if (secret === undefined) {
          throw new Error(
            'WEBHOOK_SECRET: expected a secret because the config posts with signedPosts(), received none. ' +
              'Set it to whsec_ and what `openssl rand -base64 32` prints. [key-missing]',
          );
        }
        const { webhookPoster } = await import('./webhook-poster.ts');
        return { port: webhookPoster({ secret }), close: () => Promise.resolve() };
      },
    },
    memory: () => memorySender(addressRefusal),
    lane: (sender) =>
      sendingLane({
        sender,
        events: { sent: WebhookSent.name, failed: WebhookFailed.name },
        renderer,
      }),
  },
});
