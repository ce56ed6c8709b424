/** What every `Sender` must do, whatever it sends and whichever vendor is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing, Sender, SendOutcome } from './sender.ts';

/** One vendor to hold to the contract; made anew for each test. */
export interface SenderHarness<M extends Outgoing> {
  readonly sender: Sender<M>;
  /** All that was delivered so far, oldest first; one entry per delivery. */
  delivered(): Promise<readonly object[]>;
  /** The same vendor as a worker finds it after it was killed without warning. */
  restart(): Promise<Sender<M>>;
  close(): Promise<void>;
}

/** What is sent, known by number. */
export interface Examples<M extends Outgoing> {
  readonly message: (n: number) => M;
  /** One that no vendor takes. */
  readonly refused: (n: number) => M;
  /** The same message as a store may give it back: records in an order of its own. */
  readonly reordered: (message: M) => M;
  /** What of it arrives. */
  readonly arrives: (message: M) => object;
}

export function senderContract<M extends Outgoing>(
  name: string,
  { message, refused, reordered, arrives }: Examples<M>,
  open: () => Promise<SenderHarness<M>>,
): void {
  describe(`${name} as a sender`, () => {
    let harness: SenderHarness<M>;
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

    test('delivers a batch and answers for each message in order', async () => {
      const messages = [message(1), message(2)];
      const outcomes = await harness.sender.send('batch-1', messages);
      expect(new Set(outcomes.map(idOf)).size).toBe(2);
      expect(await harness.delivered()).toMatchObject(messages.map(arrives));
    });

    test('the same batch again has no second effect and the same answers', async () => {
      const messages = [message(1), message(2)];
      const first = await harness.sender.send('batch-1', messages);
      expect(await harness.sender.send('batch-1', messages)).toEqual(first);
      const after = await harness.restart();
      expect(await after.send('batch-1', messages.map(reordered))).toEqual(first);
      expect(await harness.delivered()).toHaveLength(2);
    });

    test('refuses a message that cannot be sent, and that one alone', async () => {
      const messages = [message(1), refused(2), message(3)];
      const outcomes = await harness.sender.send('batch-1', messages);
      expect(outcomes.map(({ status }) => status)).toEqual(['sent', 'refused', 'sent']);
      expect(outcomes[1]).toMatchObject({ code: expect.stringMatching(/^[a-z_-]+$/) });
      expect(JSON.stringify(outcomes)).not.toContain('@');
      expect(await harness.delivered()).toMatchObject([message(1), message(3)].map(arrives));
      expect(await harness.sender.send('batch-1', messages)).toEqual(outcomes);
      expect(await harness.delivered()).toHaveLength(2);
    });

    test('takes a full batch in one call', async () => {
      const messages = Array.from({ length: harness.sender.maxBatch }, (_, i) => message(i));
      const outcomes = await harness.sender.send('batch-1', messages);
      expect(outcomes.every(({ status }) => status === 'sent')).toBe(true);
      expect(await harness.delivered()).toHaveLength(messages.length);
    });

    test('goes on after a restart', async () => {
      await harness.sender.send('batch-1', [message(1)]);
      const after = await harness.restart();
      const [outcome] = await after.send('batch-2', [message(2)]);
      expect(outcome?.status).toBe('sent');
      expect(await harness.delivered()).toHaveLength(2);
    });
  });
}

function idOf(outcome: SendOutcome): string {
  if (outcome.status !== 'sent') throw new Error(`expected sent, received ${outcome.code}`);
  return outcome.providerId;
}
