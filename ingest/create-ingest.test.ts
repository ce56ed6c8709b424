import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  makeUnsubscribeToken,
  EVERY_TOPIC,
  unsubscribeSecret,
} from '../channels/email/unsubscribe-token.ts';
import { hours } from '../dsl/duration.ts';
import { event } from '../dsl/event.ts';
import { journey } from '../dsl/journey.ts';
import { lead } from '../dsl/lead.ts';
import { handoffToSales } from '../dsl/steps/handoff-to-sales.ts';
import { waitDays } from '../dsl/steps/wait-days.ts';
import { owner } from '../dsl/team.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { createIngest, type IngestOptions } from './create-ingest.ts';
import {
  consents,
  enrolments,
  events as recorded,
  identities,
  laneRows,
  people,
  suppressions,
} from '../store/tables/index.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const Lead = lead(z.object({ email: z.string().optional() }));
const sold = journey('sold', { lead: Lead, enter: event('Form Submitted') }, [
  handoffToSales({ to: owner, sla: hours(48), id: 'score>70%:ñ' }),
  waitDays(1),
]);

function start(options: IngestOptions = {}) {
  const world = recordingWorld({ journeys: [sold] }, NOW);
  const app = createIngest(world, options);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? new Uint8Array(Buffer.from(body))
          : JSON.stringify(body),
    });
  const events = (userId: string) =>
    world.store.transaction(async (tx) => {
      const [found] = await tx.find(identities, { kind: 'user', value: userId });
      return found === undefined ? [] : tx.find(recorded, { person: found.person });
    });
  return { world, app, post, events };
}

const tracked = (more: object = {}) => ({
  type: 'track',
  messageId: 'm1',
  userId: 'u1',
  event: 'Pricing Viewed',
  ...more,
});

describe('behaviour', () => {
  test('a batch is in the store when it is answered', async () => {
    const { post, events } = start();
    const answer = await post('/v1/batch', {
      batch: [
        tracked({ properties: { plan: 'pro' }, timestamp: NOW - 2 }),
        {
          type: 'identify',
          messageId: 'm2',
          userId: 'u1',
          traits: { email: 'ana@example.com' },
          timestamp: NOW - 1,
        },
        { type: 'page', messageId: 'm3', userId: 'u1', name: 'Home', properties: { path: '/' } },
        { type: 'group', messageId: 'm4', userId: 'u1', groupId: 'g' },
        tracked(),
      ],
    });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({
      recorded: 2,
      duplicates: 1,
      identified: 1,
      entered: 0,
      refused: 0,
      ignored: 1,
      warnings: [expect.objectContaining({ item: 0, path: 'event', received: 'Pricing Viewed' })],
    });
    expect(await events('u1')).toMatchObject([
      {
        name: 'pricing viewed',
        originalName: 'Pricing Viewed',
        properties: { plan: 'pro' },
        at: NOW - 2,
      },
      { name: 'identified' },
      { name: 'page viewed', properties: { name: 'Home', path: '/' } },
    ]);
  });

  test('single messages, numbers as ids, ids of our own where there are none', async () => {
    const { post, events } = start();
    const message = { userId: 7, event: 'Trial Started', anonymousId: null };
    expect((await post('/v1/track', message)).status).toBe(202);
    expect((await post('/v1/track', message)).status).toBe(202);
    expect((await post('/v1/identify', { userId: 7, traits: {} })).status).toBe(202);
    expect((await events('7')).map(({ name }) => name)).toEqual([
      'trial started',
      'trial started',
      'identified',
    ]);
  });

  test('an alias by the write key joins a device and never two users; the admin key joins those', async () => {
    const { world, post } = start({ writeKey: 'write', adminKey: 'admin' });
    const by = (key: string) => ({
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    });
    const everybody = async () =>
      (await world.store.transaction((tx) => tx.find(people, {}))).length;
    await post('/v1/track', tracked({ messageId: 'a', userId: 'ana' }), by('write'));
    await post('/v1/track', tracked({ messageId: 'b', userId: 'ann' }), by('write'));
    const visitor = { userId: undefined, anonymousId: 'laptop' };
    await post('/v1/track', tracked({ messageId: 'c', ...visitor }), by('write'));
    expect(await everybody()).toBe(3);
    const alias = (previousId: string, key: string) =>
      post('/v1/alias', { previousId, userId: 'ana' }, by(key));
    expect((await alias('laptop', 'write')).status).toBe(202);
    expect((await alias('ann', 'write')).status).toBe(202);
    expect(await everybody()).toBe(2);
    expect(await (await alias('ann', 'admin')).json()).toMatchObject({ merged: true });
    expect(await (await alias('ann', 'admin')).json()).toMatchObject({ merged: false });
    expect(await everybody()).toBe(1);
    expect((await alias('nobody', 'admin')).status).toBe(404);
    expect((await alias('ana', 'admin')).status).toBe(400);
  });

  test("senders' clocks are set right, and nothing happens in the future", async () => {
    const { post, events } = start();
    const stamps = (timestamp: string, more: object = {}) =>
      tracked({ messageId: timestamp, timestamp, ...more });
    await post('/v1/batch', {
      sentAt: '2030-01-01T00:00:10Z',
      batch: [stamps('2030-01-01T00:00:00Z'), stamps('2030-01-01T00:00:20Z')],
    });
    await post('/v1/track', stamps('2026-03-02T08:00:00+01:00'));
    await post('/v1/track', stamps('2031-01-01'));
    expect((await events('u1')).map(({ at }) => at - NOW)).toEqual([-3 * 3_600_000, -10_000, 0, 0]);
  });

  test('gzip, by whatever name it comes', async () => {
    const { post } = start({ maxBytes: 2_000, writeKey: 'secret' });
    const key = { authorization: `Basic ${Buffer.from('secret:').toString('base64')}` };
    const packed = gzipSync(JSON.stringify({ batch: [tracked()] }));
    const form = { ...key, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/v1/batch', packed, form)).status).toBe(202);
    const bomb = gzipSync(
      JSON.stringify({ batch: [tracked({ properties: { x: ' '.repeat(1e6) } })] }),
    );
    expect(bomb.length).toBeLessThan(2_000);
    expect((await post('/v1/batch', bomb, { ...key, 'content-encoding': 'gzip' })).status).toBe(
      413,
    );
    expect((await post('/v1/batch', packed.subarray(0, 30), key)).status).toBe(400);
  });

  test('malformed items are named with every reason, and nothing is written', async () => {
    const { post, events } = start();
    const answer = await post('/v1/batch', {
      batch: [
        tracked(),
        tracked({ event: 7, timestamp: 'yesterday', properties: [] }),
        { type: 'track', event: 'Nobody Did' },
        { type: 'buy' },
        'text',
      ],
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchInlineSnapshot(`
      {
        "error": "malformed",
        "fix": "Nothing was recorded. Correct these and send again.",
        "problems": [
          {
            "expected": "a date like 2026-03-02T10:00:00Z, or milliseconds",
            "item": 1,
            "path": "timestamp",
            "received": "text",
          },
          {
            "expected": "an object",
            "item": 1,
            "path": "properties",
            "received": "a list of 0",
          },
          {
            "expected": "text",
            "item": 1,
            "path": "event",
            "received": "a number",
          },
          {
            "expected": "userId, anonymousId or email",
            "item": 2,
            "path": "",
            "received": "none of them",
          },
          {
            "expected": "one of track, identify, page, screen, alias, group",
            "item": 3,
            "path": "type",
            "received": "text",
          },
          {
            "expected": "an object",
            "item": 4,
            "path": "",
            "received": "text",
          },
        ],
      }
    `);
    expect(await events('u1')).toEqual([]);
  });

  test('what is no batch at all', async () => {
    const { post } = start();
    for (const body of ['{', '[]', 'null', '{"batch":{}}', '']) {
      expect((await post('/v1/batch', body)).status, body).toBe(400);
    }
    expect(await (await post('/v1/batch', '[]')).json()).toMatchObject({
      problems: [{ path: '', expected: 'a JSON object', received: 'other bytes' }],
    });
    expect(await (await post('/v1/batch', '{"batch":{}}')).json()).toMatchObject({
      problems: [{ path: 'batch', expected: 'a list', received: 'an object' }],
    });
  });

  test('too large is refused before it is read', async () => {
    const { post } = start({ maxBytes: 1_000, maxItems: 2 });
    expect((await post('/v1/batch', ' '.repeat(1_001))).status).toBe(413);
    const answer = await post('/v1/batch', { batch: [1, 2, 3] });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: 'too-large', expected: 'at most 2 items' });
  });

  test('the write key, as user name or in the body', async () => {
    const { post } = start({ writeKey: 'secret' });
    const basic = (user: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}`,
    });
    const batch = [tracked()];
    expect((await post('/v1/batch', { batch }, basic('secret'))).status).toBe(202);
    expect((await post('/v1/batch', { batch, writeKey: 'secret' })).status).toBe(202);
    expect((await post('/v1/batch', { batch })).status).toBe(401);
    expect((await post('/v1/batch', { batch, writeKey: 'other' })).status).toBe(401);
    expect((await post('/v1/batch', { batch, writeKey: 'secret' }, basic('other'))).status).toBe(
      401,
    );
  });

  test('browsers may send it from any page, with its key, and nothing else', async () => {
    const { app } = start({ writeKey: 'secret', adminKey: 'other' });
    const preflight = async (path: string) => {
      const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
      const answer = await app.request(path, { method: 'OPTIONS', headers });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await preflight('/v1/batch')).toBe('*');
    expect(await preflight('/v1/track')).toBe('*');
    expect(await preflight('/v1/enrol')).toBeNull();
    expect(await preflight('/v1/journeys')).toBeNull();
  });

  test('a fault is reported without personal data, and nothing is written', async () => {
    const reports: string[] = [];
    const { world, app } = start({ report: (_, route) => reports.push(route) });
    await world.store.close();
    world.store.transaction = () => Promise.reject(new Error('gone'));
    const answer = await app.request('/v1/track', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(tracked()),
    });
    expect(answer.status).toBe(500);
    expect((await app.request('/u/token')).status).toBe(500);
    expect((await app.request('/health')).status).toBe(500);
    expect(reports).toEqual(['POST /v1/track', 'GET /u/:token', 'GET /health']);
  });
});

describe('handoffs', () => {
  async function given() {
    const started = start();
    await started.post('/v1/track', { userId: 'u1', messageId: 'f', event: 'Form Submitted' });
    const [run] = await started.world.store.transaction((tx) => tx.find(enrolments, {}));
    const path = `/v1/handoffs/${run?.id}/${encodeURIComponent(run?.step ?? '')}`;
    return { ...started, run, path };
  }

  test('a page asks; its form answers; the first answer counts', async () => {
    const { app, path, events, post } = await given();
    const traits = { email: 'ana@example.com' };
    await post('/v1/identify', { userId: 'u1', messageId: 'i', traits });
    const shown = await app.request(path, { headers: { accept: 'text/html' } });
    expect(shown.status).toBe(200);
    const text = await shown.text();
    expect(text).toContain('<p>ana@example.com</p>');
    expect(text.match(/value="\w+"/g)).toEqual(['value="yes"', 'value="maybe"', 'value="never"']);
    const answered = await app.request(path, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'answer=maybe',
    });
    expect(await answered.text()).toContain('Your answer is: maybe.');
    const again = await post(path, { answer: 'yes' });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({ answer: 'maybe', recorded: false });
    expect(await (await app.request(path)).text()).toContain('Your answer is: maybe.');
    expect((await events('u1')).map(({ name }) => name).toSorted()).toEqual([
      'form submitted',
      'handoff answered',
      'identified',
    ]);
  });

  test('the run receives the answer', async () => {
    const { post, path, world, run } = await given();
    expect((await post(path, { answer: 'yes' })).status).toBe(202);
    const rows = await world.store.transaction((tx) => tx.find(laneRows, { lane: 'signals' }));
    expect(rows.at(-1)).toMatchObject({
      key: `sales/${run?.id}/${run?.step}/${run?.id}`,
      cohort: run?.cohort,
      payload: { journey: 'sold', item: { news: { step: run?.step, what: 'yes' } } },
    });
  });

  test.each([
    ['has gone on', { status: 'live', step: 'exit:1' }],
    ['is over', { status: 'completed', step: null }],
  ] as const)('a run that %s takes no answer, and says so', async (_, change) => {
    const { app, post, path, world, run, events } = await given();
    await world.store.transaction((tx) =>
      tx.change(enrolments, [{ id: run?.id ?? '', ...change }]),
    );
    const refused = await post(path, { answer: 'yes' });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: 'closed' });
    const shown = await app.request(path, { headers: { accept: 'text/html' } });
    expect(shown.status).toBe(409);
    const text = await shown.text();
    expect(text).toContain('gone on without an answer');
    expect(text).not.toContain('<button');
    expect(await events('u1')).toHaveLength(1);
  });

  test('one that came in time is told again, however late it is asked for', async () => {
    const { post, path, world, run } = await given();
    await post(path, { answer: 'maybe' });
    await world.store.transaction((tx) =>
      tx.change(enrolments, [{ id: run?.id ?? '', step: 'wait:1d' }]),
    );
    const again = await post(path, { answer: 'yes' });
    expect([again.status, await again.json()]).toEqual([200, { answer: 'maybe', recorded: false }]);
  });

  test('of a run that was merged it counts for the one that goes on', async () => {
    const { post, path, world, run } = await given();
    await world.store.transaction((tx) =>
      tx.change(enrolments, [
        { id: run?.id ?? '', status: 'merged', step: null, endedAt: NOW, position: null },
      ]),
    );
    expect((await post(path, { answer: 'yes' })).status).toBe(202);
  });

  test('what is no answer, no run, no step', async () => {
    const { post, path, run } = await given();
    expect((await post(path, { answer: 'perhaps' })).status).toBe(400);
    expect((await post(path, '{')).status).toBe(400);
    for (const step of ['other', 'wait:1d', 'constructor', '__proto__', 'toString']) {
      expect((await post(`/v1/handoffs/${run?.id}/${step}`, { answer: 'yes' })).status).toBe(404);
    }
    expect((await post('/v1/handoffs/other/handoff:owner', { answer: 'yes' })).status).toBe(404);
  });
});

describe('unsubscribing', () => {
  async function known(topic: string) {
    const started = start();
    await started.post('/v1/identify', {
      userId: 'u1',
      messageId: 'i',
      traits: { email: 'a@b.example' },
    });
    const { world, app } = started;
    return world.store.transaction(async (tx) => {
      const [found] = await tx.find(identities, { kind: 'user', value: 'u1' });
      const person = found?.person ?? '';
      const token = makeUnsubscribeToken(await unsubscribeSecret(tx), person, topic);
      const read = () =>
        world.store.transaction(async (next) => ({
          consents: await next.find(consents, { person }),
          suppressions: await next.find(suppressions, { person }),
        }));
      return { app, token, read };
    });
  }

  test('opening the link changes nothing; one click leaves the topic at once', async () => {
    const { app, token, read } = await known('news');
    expect((await app.request(`/u/${token}`)).status).toBe(200);
    expect((await read()).consents).toEqual([]);
    const answer = await app.request(`/u/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBe(200);
    expect(await read()).toMatchObject({
      consents: [{ topic: 'news', state: 'out', at: NOW }],
      suppressions: [],
    });
  });

  test('a link without a topic leaves everything', async () => {
    const { app, token, read } = await known(EVERY_TOPIC);
    await app.request(`/u/${token}`, { method: 'POST' });
    expect(await read()).toMatchObject({
      consents: [],
      suppressions: [{ channel: 'email', reason: 'unsubscribed' }],
    });
  });

  test('a token that is not ours leads nowhere', async () => {
    const { app, token } = await known('news');
    expect((await app.request(`/u/${token}x`)).status).toBe(404);
    expect((await app.request('/u/other', { method: 'POST' })).status).toBe(404);
  });
});

test('health', async () => {
  const { app } = start();
  expect(await (await app.request('/health')).json()).toEqual({ status: 'ok' });
  expect((await app.request('/elsewhere')).status).toBe(404);
});
