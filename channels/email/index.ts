/** The `email` channel. */
import * as z from 'zod';
import { addressIn, type EffectKind } from '../../activities/effect-kind.ts';
import { sendMessages } from '../../activities/lanes/send-message.ts';
import { sendingLane } from '../../activities/lanes/sending-lane.ts';
import { leadFields } from '../../dsl/lead-fields.ts';
import type { EmailEffect } from '../../dsl/steps/send-email.ts';
import { EmailFailed, EmailSent } from '../../dsl/system-events.ts';
import { defineChannel } from '../channel.ts';
import { openJournal } from '../local/journal.ts';
import { localSender, type MemorySender, memorySender } from '../local/local-sender.ts';
import { addressRefusal, type EmailSender, type OutgoingEmail } from './outgoing-email.ts';
import { lacks } from './lacks.ts';
import { unsubscribeSecret } from './unsubscribe-token.ts';

/** Not loaded before the first message is rendered; and asked for once, for the loader is slow to answer. */
const load = () => import('./render-email.ts');
let rendering: ReturnType<typeof load> | undefined;

const emailEffect: EffectKind<EmailEffect> = {
  touch: {
    channel: 'email',
    message: ({ class: messageClass, topic }) => ({ class: messageClass, topic }),
    addressOf: (profile) => addressIn(profile, 'email'),
    noAddress: 'no email address',
    lacks: ({ template: id }, { profile, journey }, { templates, journeys }) => {
      const template = templates.get(id);
      const model = journeys.get(journey)?.rules.lead;
      return template && lacks(template, profile, leadFields(model));
    },
  },
  perform: (_, tx, items) => sendMessages(tx, 'email', items, (effect) => effect),
};

const variables = {
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .optional(),
};

export const email = defineChannel<
  'email',
  { email: typeof emailEffect },
  EmailSender,
  MemorySender<OutgoingEmail>,
  typeof variables
>({
  name: 'email',
  effects: { email: emailEffect },
  carrier: {
    variables,
    vendors: {
      local: async (_, store) => ({
        port: localSender(openJournal(store, 'email'), addressRefusal),
        close: () => Promise.resolve(),
      }),
      resend: async ({ RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl }) => {
        if (apiKey === undefined) {
          throw new Error(
            'RESEND_API_KEY: expected a key because the config sends through resend(), received none. ' +
              'Set it, or choose localInbox(). [key-missing]',
          );
        }
        const { resendEmailSender } = await import('./resend/resend-email-sender.ts');
        const port = resendEmailSender({ apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) });
        return { port, close: () => Promise.resolve() };
      },
    },
    memory: () => memorySender(addressRefusal),
    lane: (sender) =>
      sendingLane({
        sender,
        events: { sent: EmailSent.name, failed: EmailFailed.name },
        renderer: async (tx) => {
          const secret = await unsubscribeSecret(tx);
          const { renderEmail } = await (rendering ??= load());
          return (of, project) => renderEmail(project, { ...of, secret });
        },
      }),
  },
});
