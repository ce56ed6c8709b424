import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Examples, senderContract } from '../../activities/lanes/sender.contract.ts';
import { journey, lead, tryCompile, webhook as webhookStep } from '../../dsl/index.ts';
import { persona } from '../../rehearsal/persona.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { virtually } from '../../rehearsal/virtually.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { localDeliveries, messages } from '../../store/tables/index.ts';
import { NOON } from '../../test/lane-world.ts';
import { openJournal } from '../local/journal.ts';
import { localSender } from '../local/local-sender.ts';
import { memorySenderContract } from '../local/memory-sender.contract.ts';
import { webhook } from './index.ts';
import { addressRefusal, type OutgoingWebhook } from './outgoing-webhook.ts';
import { sign, webhookPoster } from './webhook-poster.ts';

const SECRET = `whsec_${Buffer.from('a key of at least 24 bytes!').toString('base64')}`;

const aWebhook = (n: number, to = 'http://127.0.0.1:9'): OutgoingWebhook => ({
  key: `welcome/p-${n}/run-${n}/webhook:lead.won`,
  at: NOON + n,
  id: `msg_${n}`,
  type: 'lead.won',
  to,
  body: JSON.stringify({ type: 'lead.won', data: { n } }),
});

const examples = (to?: string): Examples<OutgoingWebhook> => ({
  message: (n) => aWebhook(n, to),
  refused: (n) => aWebhook(n, 'nowhere'),
  reordered: (message) => ({ ...message }),
  arrives: ({ id, body }) => ({ id, body }),
});

memorySenderContract('the outbox in memory', examples(), addressRefusal);

senderContract('the local outbox', examples(), async () => {
  const store = memoryStore();
  const outbox = () => localSender(openJournal<OutgoingWebhook>(store, 'webhook'), addressRefusal);
  return {
    sender: outbox(),
    delivered: async () =>
      (await store.transaction((tx) => tx.page(localDeliveries, { limit: 1_000 }))).map(
        ({ content }) => content,
      ),
    restart: async () => outbox(),
    close: async () => {},
  };
});

/** A receiver as Standard Webhooks asks for: checks the signature, and drops an id that it has seen. */
async function startReceiver(answers: (number | 'hang')[] = []) {
  const delivered = new Map<string, { id: string; body: string }>();
  let calls = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls += 1;
      const body = Buffer.concat(chunks).toString();
      const { headers } = request;
      const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
      const answer = answers.shift() ?? 204;
      if (answer === 'hang') return;
      const isSigned = headers['webhook-signature'] === sign(SECRET, id, timestamp, body);
      if (isSigned && answer < 300) delivered.set(id, { id, body });
      response.writeHead(isSigned ? answer : 401).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    delivered: () => [...delivered.values()],
    calls: () => calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const poster = () => webhookPoster({ secret: SECRET, retryMs: 1, timeoutMs: 500 });
const receiver = await startReceiver();

senderContract('signed posts', examples(receiver.url), async () => {
  const own = await startReceiver();
  const toOwn = (sender: ReturnType<typeof poster>): typeof sender => ({
    ...sender,
    send: (key, all) =>
      sender.send(
        key,
        all.map((each) => (each.to === receiver.url ? { ...each, to: own.url } : each)),
      ),
  });
  return {
    sender: toOwn(poster()),
    delivered: async () => own.delivered().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    restart: async () => toOwn(poster()),
    close: own.close,
  };
});

test('a receiver that is down for a moment gets it once it is up, one that stays down fails alone', async () => {
  const shaky = await startReceiver([503, 'hang', 429]);
  expect(await poster().send('b', [aWebhook(1, shaky.url)])).toEqual([
    { status: 'sent', providerId: 'msg_1' },
  ]);
  const down = await startReceiver([500, 500, 500, 500]);
  const [failed, sent] = await poster().send('b', [aWebhook(1, down.url), aWebhook(2, shaky.url)]);
  expect(failed).toMatchObject({ status: 'refused', code: 'http-500' });
  expect(sent).toMatchObject({ status: 'sent' });
  expect(down.calls()).toBe(4);
  const cut = await startReceiver(['hang', 500, 500, 500]);
  expect(await poster().send('b', [aWebhook(1, cut.url)])).toMatchObject([{ status: 'unknown' }]);
  const gone = await startReceiver([410]);
  expect(await poster().send('b', [aWebhook(1, gone.url)])).toMatchObject([{ code: 'http-410' }]);
  expect(gone.calls()).toBe(1);
  await Promise.all([shaky, down, cut, gone].map(({ close }) => close()));
  expect(await poster().send('b', [aWebhook(1, gone.url)])).toMatchObject([
    { status: 'unknown', code: 'no-answer' },
  ]);
});

const Lead = lead(z.object({ name: z.string() }));
const won = journey('won', { lead: Lead }, [
  webhookStep('lead.won', { to: 'https://ops.example.com/hooks', data: { plan: 'pro' } }),
]);

test('a journey posts who it is about and where it stands, and its story tells of it', async () => {
  const store = memoryStore();
  const [story] = await virtually(
    makeScenario(won, [{ lead: persona(Lead, { name: 'Ana' }), from: '2026-03-02T10:00' }]),
    { store },
  );
  expect(String(story)).toBe(
    'Mon  2 Mar 10:00  webhook lead.won\nMon  2 Mar 10:00  end: completed',
  );
  const [message] = await store.transaction((tx) => tx.find(messages, { channel: 'webhook' }));
  expect(message?.status).toBe('sent');
  const { to, body } = Object(message?.rendered) as { to: string; body: string };
  expect(to).toBe('https://ops.example.com/hooks');
  expect(JSON.parse(body)).toEqual({
    type: 'lead.won',
    timestamp: '2026-03-02T10:00:00.000Z',
    data: {
      plan: 'pro',
      lead: { id: message?.person, userId: message?.person, name: 'Ana' },
      journey: 'won',
      step: 'webhook:lead.won',
      run: message?.run,
    },
  });
});

test('only https leaves this machine, and a type is one word', () => {
  const problems = (type: string, to: string) =>
    tryCompile(journey('won', { lead: Lead }, [webhookStep(type, { to })])).problems.length;
  expect(problems('lead.won', 'https://a.example/x?y=1')).toBe(0);
  expect(problems('lead.won', 'http://localhost:3000')).toBe(0);
  expect(problems('lead.won', 'http://a.example/x')).toBe(1);
  expect(problems('lead won', 'nowhere')).toBe(2);
  for (const to of ['http://[::1]:3/', 'HTTPS://a.example?x', 'http://127.0.0.1#x'])
    expect([to, problems('lead.won', to)]).toEqual([to, 0]);
  for (const to of [
    'https://[',
    'https://me:pw@a.example',
    'https://a.example:123456',
    'https:///x',
  ])
    expect([to, problems('lead.won', to)]).toEqual([to, 1]);
});

test('what is in the body anyway is no data of the author', () => {
  const data = { lead: 'me', plan: 'pro' };
  const { problems } = tryCompile(
    journey('won', { lead: Lead }, [webhookStep('lead.won', { to: 'https://a.example', data })]),
  );
  expect(problems.map(({ received }) => received)).toEqual(['"lead"']);
});

test('signed posts need their secret', async () => {
  await expect(webhook.carrier.vendors['http']?.({}, memoryStore())).rejects.toThrow(
    '[key-missing]',
  );
});
