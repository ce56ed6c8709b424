/** Who is let in to what, over real connections. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { event } from '../dsl/event.ts';
import { journey } from '../dsl/journey.ts';
import { lead } from '../dsl/lead.ts';
import { waitDays } from '../dsl/steps/wait-days.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { createIngest, type IngestOptions } from './create-ingest.ts';
import { serveIngest, type ServeOptions } from './serve.ts';

const welcome = journey(
  'welcome',
  { lead: lead(z.object({ email: z.string() })), enter: event('Trial Started') },
  [waitDays(3)],
);

async function serve(options: IngestOptions = {}, slowest?: ServeOptions['slowest']) {
  const world = recordingWorld({ journeys: [welcome] }, Date.UTC(2026, 2, 2, 10));
  const server = await serveIngest(createIngest(world, options), { port: 0, slowest });
  onTestFinished(() => server.stop());
  const ask = async (path: string, asked: Asked = {}) => {
    const { body, key, headers = {} } = asked;
    const sent = request(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { authorization: basic(key) }),
        ...headers,
      },
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = await once(sent, 'response');
    answer.resume();
    return { status: answer.statusCode as number, headers: answer.headers };
  };
  return {
    ...server,
    ask,
    status: async (path: string, asked?: Asked) => (await ask(path, asked)).status,
  };
}

interface Asked {
  readonly body?: object;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const tracked = () => ({ userId: 'ana', event: 'Trial Started', messageId: randomUUID() });

describe('keys', () => {
  const ADMIN: readonly (readonly [string, object | undefined])[] = [
    ['/v1/enrol', { journey: 'welcome', users: [{ userId: 'ana' }] }],
    ['/v1/journeys/welcome/retry', {}],
    ['/v1/journeys', undefined],
    ['/v1/journeys/welcome/steps', undefined],
    ['/v1/lanes', undefined],
    ['/v1/warnings', undefined],
    ['/metrics', undefined],
  ];

  test.each(ADMIN)('the write key does not open %s, the admin key does', async (path, body) => {
    const { status } = await serve({ writeKey: 'write', adminKey: 'admin' });
    const with_ = (key?: string): Asked => ({
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { key }),
    });
    expect(await status(path, with_())).toBe(401);
    expect(await status(path, with_('write'))).toBe(401);
    if (body !== undefined) {
      expect(await status(path, { body: { ...body, writeKey: 'write' } })).toBe(401);
    }
    expect(await status(path, with_('admin'))).toBeLessThan(300);
  });

  test.each(ADMIN)('where there is a write key alone, nobody opens %s', async (path, body) => {
    const { status } = await serve({ writeKey: 'write' });
    const asked = body === undefined ? {} : { body };
    expect(await status(path, asked)).toBe(401);
    expect(await status(path, { ...asked, key: 'write' })).toBe(401);
  });

  test('either key lets behaviour in', async () => {
    const { status } = await serve({ writeKey: 'write', adminKey: 'admin' });
    for (const key of ['write', 'admin']) {
      expect(await status('/v1/track', { body: tracked(), key })).toBe(202);
      expect(await status('/v1/track', { body: { ...tracked(), writeKey: key } })).toBe(202);
    }
    expect(await status('/v1/track', { body: tracked(), key: 'other' })).toBe(401);
  });

  test.each(['Handoff Answered', 'handoff_answered', 'handoffAnswered'])(
    'who may send behaviour may not answer for sales as %j',
    async (name) => {
      const { status } = await serve({ writeKey: 'write' });
      const properties = { run: 'run', step: 'handoff:owner', answer: 'yes' };
      const body = { ...tracked(), event: name, properties };
      expect(await status('/v1/track', { body, key: 'write' })).toBe(400);
    },
  );
});

describe('an ingest without keys', () => {
  const CALLS = [
    ['/v1/track', tracked()],
    ['/v1/identify', { userId: 'ana', traits: {} }],
    ['/v1/batch', { batch: [] }],
    ['/v1/enrol', { journey: 'welcome', users: [{ userId: 'ana' }] }],
    ['/v1/journeys/welcome/retry', {}],
  ] as const;

  test.each(CALLS)('takes %s of programs on this machine', async (path, body) => {
    const { status, port } = await serve();
    expect(await status(path, { body })).toBe(202);
    expect(await status(path, { body, headers: { host: `localhost:${port}` } })).toBe(202);
    const origin = `http://127.0.0.1:${port}`;
    expect(await status(path, { body, headers: { origin } })).toBe(202);
  });

  const PAGES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['a page elsewhere', { origin: 'https://evil.example' }],
    ['a page of another program of this machine', { origin: 'http://localhost:3000' }],
    ['a page of a file', { origin: 'null' }],
    ['a name of theirs that leads here', { host: 'evil.example' }],
    ['a form', { 'content-type': 'text/plain' }],
    ['another form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['nothing that says what it is', { 'content-type': '' }],
  ];

  test.each(PAGES)('takes nothing that %s sends', async (_, headers) => {
    const { status } = await serve();
    for (const [path, body] of CALLS) expect(await status(path, { body, headers })).toBe(403);
  });

  test('shows nothing to pages elsewhere', async () => {
    const { ask } = await serve();
    expect((await ask('/v1/journeys')).status).toBe(200);
    for (const headers of [{ origin: 'https://evil.example' }, { host: 'evil.example' }]) {
      expect((await ask('/v1/journeys', { headers })).status).toBe(403);
    }
    const { headers } = await ask('/v1/track', { body: tracked() });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('bodies', () => {
  /** Begins a request and never ends it. */
  async function begin(port: number, head: string, part: Buffer): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    socket.write(
      `POST /v1/track HTTP/1.1\r\nhost: localhost\r\n${head}content-length: 400000\r\n\r\n`,
    );
    socket.write(part);
    return socket;
  }
  const answerOf = async (socket: Socket): Promise<string> =>
    String((await once(socket, 'data'))[0]);

  test('those of unknown senders share little room, and take none from those with a key', async () => {
    const mostHeld = { all: 1_000_000, unknown: 250_000 };
    const { port, status } = await serve({ writeKey: 'write', mostHeld });
    const part = Buffer.alloc(100_000, ' ');
    const held = [await begin(port, '', part), await begin(port, '', part)];
    const refused = await answerOf(await begin(port, '', part));
    expect(refused).toMatch(/^HTTP\/1.1 503 /);
    expect(refused).toMatch(/retry-after: 1/i);
    expect(await status('/v1/track', { body: tracked(), key: 'write' })).toBe(202);
    // Small ones still find room; and all do once the others have gone.
    expect(await status('/v1/track', { body: { ...tracked(), writeKey: 'write' } })).toBe(202);
    for (const socket of held) socket.destroy();
    const large = { ...tracked(), writeKey: 'write', properties: { pad: 'x'.repeat(200_000) } };
    await expect.poll(() => status('/v1/track', { body: large })).toBe(202);
  });

  test('a wrong key in the header is answered before the body is there', async () => {
    const { port } = await serve({ writeKey: 'write' });
    const head = `authorization: ${basic('other')}\r\n`;
    expect(await answerOf(await begin(port, head, Buffer.from('{')))).toMatch(/^HTTP\/1.1 401 /);
  });

  test('a sender that takes too long is cut', async () => {
    const slowest = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 };
    const { port } = await serve({ writeKey: 'write' }, slowest);
    const socket = await begin(port, '', Buffer.from('{'));
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBeGreaterThan(0);
  });
});
