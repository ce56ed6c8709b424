/** What every `EmailSender` must do, whichever vendor is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anEmail } from '../../test/numbered-emails.ts';
import type { EmailOutcome, EmailSender, OutgoingEmail } from '../../activities/ports.ts';

/** One vendor to hold to the contract; made anew for each test. */
export interface EmailSenderHarness {
  readonly sender: EmailSender;
  /** All that was delivered so far, oldest first; one entry per delivery. */
  delivered(): Promise<readonly DeliveredEmail[]>;
  /** The same vendor as a worker finds it after it was killed without warning. */
  restart(): Promise<EmailSender>;
  close(): Promise<void>;
}

export type DeliveredEmail = Pick<
  OutgoingEmail,
  'to' | 'from' | 'subject' | 'html' | 'text' | 'headers' | 'tags'
>;

export function emailSenderContract(name: string, open: () => Promise<EmailSenderHarness>): void {
  describe(`${name} as an e-mail sender`, () => {
    let harness: EmailSenderHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    test('names its limits', () => {
      const { vendor, maxBatch, callsPerSecond, idempotencyWindowMs } = harness.sender;
      expect(vendor).toMatch(/^[a-z]+$/);
      expect(maxBatch).toBeGreaterThanOrEqual(1);
      expect(callsPerSecond).toBeGreaterThan(0);
      expect(idempotencyWindowMs).toBeGreaterThan(0);
    });

    test('delivers a batch and answers for each e-mail in order', async () => {
      const emails = [anEmail(1), anEmail(2)];
      const outcomes = await harness.sender.send('batch-1', emails);
      const ids = outcomes.map(idOf);
      expect(new Set(ids).size).toBe(2);
      const delivered = await harness.delivered();
      expect(delivered).toHaveLength(2);
      expect(delivered[0]).toMatchObject({
        to: emails[0]?.to,
        from: emails[0]?.from,
        subject: emails[0]?.subject,
        html: emails[0]?.html,
        text: emails[0]?.text,
        headers: emails[0]?.headers,
        tags: emails[0]?.tags,
      });
    });

    test('the same batch again has no second effect and the same answers', async () => {
      const emails = [anEmail(1), anEmail(2)];
      const first = await harness.sender.send('batch-1', emails);
      expect(await harness.sender.send('batch-1', emails)).toEqual(first);
      const after = await harness.restart();
      // A store gives records back in an order of its own.
      const stored = emails.map((email) => ({
        ...email,
        tags: Object.fromEntries(Object.entries(email.tags).reverse()),
      }));
      expect(await after.send('batch-1', stored)).toEqual(first);
      expect(await harness.delivered()).toHaveLength(2);
    });

    test('refuses an address that is none, and that e-mail alone', async () => {
      const emails = [anEmail(1), anEmail(2, { to: 'nowhere' }), anEmail(3)];
      const outcomes = await harness.sender.send('batch-1', emails);
      expect(outcomes.map(({ status }) => status)).toEqual(['sent', 'refused', 'sent']);
      expect(outcomes[1]).toMatchObject({ code: expect.stringMatching(/^[a-z_-]+$/) });
      expect(JSON.stringify(outcomes)).not.toContain('@');
      const to = (await harness.delivered()).map((email) => email.to);
      expect(to).toEqual(['lead-1@a.example', 'lead-3@a.example']);
      expect(await harness.sender.send('batch-1', emails)).toEqual(outcomes);
      expect(await harness.delivered()).toHaveLength(2);
    });

    test('takes a full batch in one call', async () => {
      const emails = Array.from({ length: harness.sender.maxBatch }, (_, i) => anEmail(i));
      const outcomes = await harness.sender.send('batch-1', emails);
      expect(outcomes.every(({ status }) => status === 'sent')).toBe(true);
      expect(await harness.delivered()).toHaveLength(emails.length);
    });

    test('goes on after a restart', async () => {
      await harness.sender.send('batch-1', [anEmail(1)]);
      const after = await harness.restart();
      const [outcome] = await after.send('batch-2', [anEmail(2)]);
      expect(outcome?.status).toBe('sent');
      expect(await harness.delivered()).toHaveLength(2);
    });
  });
}

function idOf(outcome: EmailOutcome): string {
  if (outcome.status !== 'sent') throw new Error(`expected sent, received ${outcome.code}`);
  return outcome.providerId;
}
