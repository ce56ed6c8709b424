/** E-mails for tests, told apart by their number. */
import type { OutgoingEmail } from '../activities/ports.ts';

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

/** The numbered batch: always the same e-mails. */
export const batchOf = (batch: number): readonly OutgoingEmail[] =>
  Array.from({ length: BATCH_SIZE }, (_, i) => anEmail(batch * BATCH_SIZE + i));
