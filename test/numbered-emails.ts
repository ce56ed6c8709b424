/** E-mails for tests, known by their number. */
import type { Examples } from '../activities/lanes/sender.contract.ts';
import type { OutgoingEmail } from '../channels/email/outgoing-email.ts';

export const BATCH_SIZE = 20;

export function anEmail(n: number, change: Partial<OutgoingEmail> = {}): OutgoingEmail {
  return {
    key: `welcome/p-${n}/run-${n}/email:intro/1`,
    to: `lead-${n}@a.example`,
    from: '"Marta" <marta@sol.example>',
    replyTo: null,
    subject: `Hola ${n}`,
    html: `<!doctype html><p>Hola ${n}</p>`,
    text: `Hola ${n}`,
    headers: { 'List-Unsubscribe': `<https://sol.example/u/${n}>` },
    tags: { journey: 'welcome', run: `run-${n}`, step: 'email_intro', template: 'intro' },
    at: Date.UTC(2026, 2, 2, 10, n % 60),
    ...change,
  };
}

/** For the contract that every sender passes. */
export const exampleEmails: Examples<OutgoingEmail> = {
  message: anEmail,
  refused: (n) => anEmail(n, { to: 'nowhere' }),
  reordered: (email) => ({
    ...email,
    tags: Object.fromEntries(Object.entries(email.tags).toReversed()),
  }),
  arrives: ({ to, from, subject, html, text, headers, tags }) => ({
    to,
    from,
    subject,
    html,
    text,
    headers,
    tags,
  }),
};

/** The numbered batch: always the same e-mails. */
export const batchOf = (batch: number): readonly OutgoingEmail[] =>
  Array.from({ length: BATCH_SIZE }, (_, i) => anEmail(batch * BATCH_SIZE + i));
