import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startResendServer, type ResendServer } from '../../../test/fakes/resend-server.ts';
import { senderContract } from '../../../activities/lanes/sender.contract.ts';
import { ProviderUnavailable } from '../../../activities/lanes/sender.ts';
import { anEmail, exampleEmails } from '../../../test/numbered-emails.ts';
import type { EmailSender } from '../outgoing-email.ts';
import { resendEmailSender } from './resend-email-sender.ts';

const senderFor = ({ url }: ResendServer): EmailSender =>
  resendEmailSender({ apiKey: 're_test', baseUrl: url, timeoutMs: 5_000 });

senderContract('Resend', exampleEmails, async () => {
  const server = await startResendServer();
  return {
    sender: senderFor(server),
    delivered: async () => server.delivered.map((email) => ({ ...email, to: email.to.join() })),
    restart: async () => senderFor(server),
    close: () => server.close(),
  };
});

test('calls as fast as Resend says', async () => {
  const server = await startResendServer({ callsPerSecond: 2 });
  try {
    const sender = senderFor(server);
    expect(sender.callsPerSecond).toBe(5);
    await sender.send('batch-1', [anEmail(1)]);
    expect(sender.callsPerSecond).toBe(2);
  } finally {
    await server.close();
  }
});

describe('the Resend sender', () => {
  let server: ResendServer;
  let sender: EmailSender;
  beforeEach(async () => {
    server = await startResendServer({ apiKey: 're_test' });
    sender = senderFor(server);
  });
  afterEach(() => server.close());

  const batch = [anEmail(1), anEmail(2), anEmail(3), anEmail(4)];
  const statuses = async (key = 'batch-1', emails = batch) =>
    (await sender.send(key, emails)).map(({ status }) => status);
  const failure = (key = 'batch-1', emails = batch): Promise<ProviderUnavailable> =>
    sender.send(key, emails).then(
      () => expect.unreachable('sent'),
      (error: unknown) => {
        expect(error).toBeInstanceOf(ProviderUnavailable);
        return error as ProviderUnavailable; // asserted above
      },
    );

  test('sends a batch in one call under the batch key', async () => {
    await statuses();
    expect(server.calls).toEqual([
      { path: '/emails/batch', idempotencyKey: 'batch-1', emails: 4, status: 200 },
    ]);
  });

  test('too many calls: unavailable for as long as Resend says', async () => {
    server.next({ fault: 'rate-limit', retryAfterSeconds: 7 });
    expect(await failure()).toMatchObject({
      code: 'rate_limit_exceeded',
      retryAfterMs: 7_000,
      park: false,
    });
  });

  test('the quota of the day and a wrong key park the lane', async () => {
    server.next({ fault: 'daily-quota' });
    expect(await failure()).toMatchObject({ code: 'daily_quota_exceeded', park: true });
    const stranger = resendEmailSender({ apiKey: 're_wrong', baseUrl: server.url });
    await expect(stranger.send('batch-1', batch)).rejects.toMatchObject({
      code: 'invalid_api_key',
      park: true,
    });
    expect(server.delivered).toEqual([]);
  });

  test.for([
    { fault: 'status', status: 500 },
    { fault: 'status', status: 500, name: 'application_error' },
    { fault: 'bad-gateway' },
    { fault: 'reset' },
    { fault: 'reset-after-accepting' },
  ] as const)('$fault: outcome unknown, and the same batch again delivers once', async (fault) => {
    server.next(fault);
    expect((await failure()).park).toBe(false);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(server.delivered).toHaveLength(4);
  });

  test('a call without an answer is given up, and the same batch again delivers once', async () => {
    const hasty = resendEmailSender({ apiKey: 're_test', baseUrl: server.url, timeoutMs: 100 });
    server.next({ fault: 'silent-after-accepting' });
    await expect(hasty.send('batch-1', batch)).rejects.toBeInstanceOf(ProviderUnavailable);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(server.delivered).toHaveLength(4);
  });

  test('the same batch while its first call is under way: again later', async () => {
    server.next({ fault: 'slow', ms: 60_000 });
    const hasty = resendEmailSender({ apiKey: 're_test', baseUrl: server.url, timeoutMs: 200 });
    const first = hasty.send('batch-1', batch).catch((error: unknown) => error);
    await expect
      .poll(
        () =>
          failure().then(
            ({ code }) => code,
            () => 'sent',
          ),
        { timeout: 150 },
      )
      .toBe('concurrent_idempotent_requests');
    expect(await first).toBeInstanceOf(ProviderUnavailable);
  });

  test('the same key with other content: perhaps sent, never again', async () => {
    await statuses('batch-1', [anEmail(1)]);
    const changed = [anEmail(1, { subject: 'Corrected' }), anEmail(2)];
    expect(await statuses('batch-1', changed)).toEqual(['unknown', 'unknown']);
    expect(server.delivered).toHaveLength(1);
  });

  test('a call that is refused whole says into which calls it may be cut', async () => {
    server.refuse('lead-3@a.example', 'whole-call');
    const parts = [batch.slice(0, 2), batch.slice(2)].map((part) => part.map(({ key }) => key));
    await expect(sender.send('batch-1', batch)).rejects.toMatchObject({
      name: 'CallRefused',
      code: 'validation_error',
      parts,
    });
    expect(server.delivered).toEqual([]);
  });

  test('an e-mail that is refused alone is refused', async () => {
    server.refuse('lead-3@a.example', 'whole-call');
    expect(await statuses('batch-1', [anEmail(3)])).toEqual(['refused']);
  });

  test("a seller's unverified domain cuts that seller's e-mails off, and refuses them together", async () => {
    server.unverify('other.example');
    const emails = [anEmail(1), anEmail(2, { from: '"Luis" <luis@other.example>' }), anEmail(3)];
    await expect(sender.send('batch-1', emails)).rejects.toMatchObject({
      parts: [[emails[0]?.key, emails[2]?.key], [emails[1]?.key]],
    });
    expect(await statuses('batch-2', emails.slice(1, 2))).toEqual(['refused']);
    expect(server.delivered).toEqual([]);
  });
});
