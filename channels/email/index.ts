/** The `email` channel. */
import { join } from 'node:path';
import * as z from 'zod';
import { addressIn, type EffectKind } from '../../activities/effect-kind.ts';
import { sendMessages } from '../../activities/lanes/send-message.ts';
import { sendingLane } from '../../activities/lanes/sending-lane.ts';
import type { EmailEffect } from '../../dsl/steps/send-email.ts';
import { EmailFailed, EmailSent } from '../../dsl/system-events.ts';
import { defineChannel } from '../channel.ts';
import { memoryInbox, type MemoryInbox } from './local/memory-inbox.ts';
import type { EmailSender } from './outgoing-email.ts';
import { unsubscribeSecret } from './unsubscribe-token.ts';

const emailEffect: EffectKind<EmailEffect> = {
  touch: {
    channel: 'email',
    message: ({ class: messageClass, topic }) => ({ class: messageClass, topic }),
    addressOf: (profile) => addressIn(profile, 'email'),
    noAddress: 'no email address',
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
  { email: typeof emailEffect },
  EmailSender,
  MemoryInbox,
  typeof variables
>({
  effects: { email: emailEffect },
  carrier: {
    variables,
    vendors: {
      local: async (_, directory) => {
        const { openInbox } = await import('./local/inbox.ts');
        const inbox = await openInbox({ directory: join(directory, 'inbox') });
        const page = { name: 'inbox', shows: 'e-mails', file: inbox.page };
        return { port: inbox, page, close: () => inbox.close() };
      },
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
    memory: memoryInbox,
    lane: (sender) =>
      sendingLane({
        sender,
        events: { sent: EmailSent.name, failed: EmailFailed.name },
        renderer: async (tx) => {
          const secret = await unsubscribeSecret(tx);
          const { renderEmail } = await import('./render-email.ts');
          return (message, person, project) => renderEmail(project, { message, person, secret });
        },
      }),
  },
});
