/**
 * A hundred inputs that nobody means well with, over HTTP against a real database: each is taken or refused
 * by name, none is a fault, and what comes after them is taken as if they had never been there.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { hours } from '../dsl/duration.ts';
import { event } from '../dsl/event.ts';
import { journey } from '../dsl/journey.ts';
import { lead } from '../dsl/lead.ts';
import { handoffToSales } from '../dsl/steps/handoff-to-sales.ts';
import { owner } from '../dsl/team.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../test/postgres.ts';
import { createIngest } from './create-ingest.ts';
import { type IngestServer, serveIngest } from './serve.ts';

interface Answer {
  readonly error?: string;
  readonly problems?: readonly object[];
}

const NOW = Date.UTC(2026, 2, 2, 10);
const sold = journey(
  'sold',
  { lead: lead(z.object({ email: z.string() })), enter: event('Form Submitted') },
  [handoffToSales({ to: owner, sla: hours(48), id: 'call' })],
);

const nested = (depth: number, inner = '1', [open, close] = ['{"a":', '}']): string =>
  open.repeat(depth) + inner + close.repeat(depth);
const long = (count: number, letter = 'x'): string => letter.repeat(count);
const track = (more: object): object => ({ type: 'track', userId: 'u', event: 'Viewed', ...more });
const identify = (traits: unknown, more: object = {}): object => ({
  type: 'identify',
  userId: 'u',
  traits,
  ...more,
});
/** JSON that `JSON.stringify` would not write. */
const raw = (more: string): string => `{"type":"track","userId":"u","event":"Viewed",${more}}`;

/** By what is wrong with it: an item of a batch, as a value or as JSON. */
const ITEMS: Readonly<Record<string, unknown>> = {
  'no item': null,
  'a list': [],
  'a list of lists': [[[]]],
  'a number': 7,
  'a text': 'track',
  'no type': { userId: 'u', event: 'Viewed' },
  'an unknown type': { type: 'delete', userId: 'u' },
  'a type that every object has': { type: 'constructor', userId: 'u' },
  'a type that is a list': { type: ['track'], userId: 'u' },
  nobody: { type: 'track', event: 'Viewed' },
  'an empty user id': track({ userId: '' }),
  'a user id of spaces': { type: 'track', userId: '   ', event: 'Viewed' },
  'a user id that is an object': track({ userId: { $ne: null } }),
  'a user id that is a list': track({ userId: ['u'] }),
  'a user id that is true': track({ userId: true }),
  'a user id of 600 characters': track({ userId: long(600) }),
  'a user id of 512 wide characters': track({ userId: long(512, '漢') }),
  'a user id of 400 emoji': track({ userId: long(400, '😀') }),
  'a user id like SQL': track({ userId: "'; drop table cultivo.people; --" }),
  'a user id named as a prototype': track({ userId: '__proto__' }),
  'an infinite user id': raw('"userId":1e999'),
  'an anonymous id of 5 KB': track({ userId: undefined, anonymousId: long(5_000) }),
  'no event': { type: 'track', userId: 'u' },
  'an empty event': track({ event: '' }),
  'an event of punctuation alone': track({ event: '!!!' }),
  'an event of 5 KB': track({ event: long(5_000) }),
  'an event of 512 wide characters': track({ event: long(512, '漢') }),
  'an event that is an object': track({ event: { name: 'Viewed' } }),
  'an event of the system': track({ event: 'Email Bounced', properties: { type: 'hard' } }),
  'an event named as a prototype': track({ event: '__proto__' }),
  'a message id of 5 KB': track({ messageId: long(5_000) }),
  'a message id of 512 wide characters': track({ messageId: long(512, '漢') }),
  'a message id that is an object': track({ messageId: {} }),
  'a message id with a line break': track({ messageId: 'a\r\nb' }),
  'an e-mail of 5 KB': identify({ email: `${long(5_000)}@example.com` }),
  'an e-mail of 5 KB beside an event': track({ userId: undefined, email: long(5_000) }),
  'an e-mail of 500 wide characters': identify({ email: long(500, '漢') }, { userId: undefined }),
  'an e-mail that is an object': identify({ email: { $gt: '' } }, { userId: undefined }),
  'an e-mail that is a list': identify({ email: ['a@example.com'] }, { userId: undefined }),
  'an e-mail in the context of 5 KB': track({
    userId: undefined,
    context: { traits: { email: long(5_000) } },
  }),
  'a header in an e-mail': identify({ email: 'a@example.com\r\nBcc: b@example.com' }),
  'traits that are a list': identify([1]),
  'traits that are a text': identify('email'),
  'traits 50 deep': `{"type":"identify","userId":"u","traits":${nested(50)}}`,
  'traits 5,000 deep': `{"type":"identify","userId":"u","traits":${nested(5_000)}}`,
  'traits 5,000 lists deep': `{"type":"identify","userId":"u","traits":{"a":${nested(5_000, '', ['[', ']'])}}}`,
  'traits of 200 KB': identify({ bio: long(200_000) }),
  'traits with 20,000 fields': identify(
    Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, i])),
  ),
  'a trait of 5 KB by name': identify({ [long(5_000)]: 1 }),
  'traits that set a prototype': `{"type":"identify","userId":"u","traits":{"__proto__":{"admin":true}}}`,
  'traits that set a constructor': identify({ constructor: { prototype: { admin: true } } }),
  'a trait with NUL': identify({ name: 'a\u0000b' }),
  'a trait with NUL in its name': identify({ 'a\u0000b': 1 }),
  'a trait with half a character': identify({ name: '\ud800' }),
  'a trait with markup': identify({ name: '<script>alert(1)</script>' }),
  'a trait that looks like markup made by us': identify({ name: { html: '<script>' } }),
  'a zone that does not exist': identify({ timezone: 'Mars/Olympus' }),
  'a zone that is an object': identify({ timezone: {} }),
  'a zone of 5 KB': identify({ timezone: long(5_000) }),
  'consents that are a text': identify({ consents: 'all' }),
  'consents that are a list': identify({ consents: [true] }),
  'a consent that is a text': identify({ consents: { news: 'yes' } }),
  'a consent to a topic of 5 KB': identify({ consents: { [long(5_000)]: true } }),
  'a consent to a topic with NUL': identify({ consents: { 'ne\u0000ws': true } }),
  'an opt-out of a topic of 5 KB': track({
    event: 'Unsubscribed',
    properties: { topic: long(5_000) },
  }),
  'an opt-out of a topic that is an object': track({
    event: 'Unsubscribed',
    properties: { topic: {} },
  }),
  'a user id with NUL': track({ userId: 'a\u0000b' }),
  'a user id with half a character': track({ userId: 'a\ud800' }),
  'an event with NUL': track({ event: 'a\u0000b' }),
  'an event with half a character': track({ event: 'a\udfff' }),
  'a message id with NUL': track({ messageId: 'a\u0000b' }),
  'a message id with half a character': track({ messageId: 'a\ud800' }),
  'properties 5,000 deep': raw(`"properties":${nested(5_000)}`),
  'properties 100,000 deep': raw(`"properties":${nested(40_000)}`),
  'properties that are a list': track({ properties: [] }),
  'properties with NUL': track({ properties: { page: '\u0000' } }),
  'a property that is an infinite number': raw('"properties":{"n":1e999}'),
  'a property that is a long number': raw(`"properties":{"n":${long(400, '9')}}`),
  'a property that is a small number': raw('"properties":{"n":1e-400}'),
  'a property twice': raw('"properties":{"n":1,"n":2}'),
  'a time before time': track({ timestamp: '-271821-04-20T00:00:00Z' }),
  'a time after time': track({ timestamp: 9e15 }),
  'a time that is no number': raw('"timestamp":1e999'),
  'a time without a zone': track({ timestamp: '2026-03-02T10:00:00' }),
  'a time that is an object': track({ timestamp: {} }),
  'a time that is a fraction': track({ timestamp: NOW - 0.5 }),
  'a time of the year 9999': track({ timestamp: '9999-12-31T23:59:59Z' }),
  'a time of 1970': track({ timestamp: 0 }),
  'a context that is a text': track({ context: 'web' }),
  'a user agent of 100 KB': track({ context: { userAgent: long(100_000) } }),
  'an address that is an object': track({ context: { ip: {} } }),
  'an alias without whom': { type: 'alias', userId: 'u' },
  'an alias to itself': { type: 'alias', userId: 'u', previousId: 'u' },
  'an alias of 5 KB': { type: 'alias', userId: 'u', previousId: long(5_000) },
  'a message of ours as a property': track({
    event: 'Email Link Clicked',
    properties: { message: { $ne: 1 }, link: [] },
  }),
};

/** By what is wrong with it: a route, and a body as it is sent. */
const BODIES: Readonly<Record<string, readonly [string, string | Buffer, object?]>> = {
  nothing: ['/v1/batch', ''],
  'no JSON': ['/v1/batch', '{"batch":'],
  'a list': ['/v1/batch', '[]'],
  null: ['/v1/batch', 'null'],
  'no batch': ['/v1/batch', '{}'],
  'a batch that is an object': ['/v1/batch', '{"batch":{"length":3}}'],
  'brackets alone, 200,000 deep': ['/v1/batch', nested(200_000, '', ['[', ']'])],
  'a batch 100,000 deep': ['/v1/batch', `{"batch":${nested(100_000, '', ['[', ']'])}}`],
  'bytes that are no text': ['/v1/batch', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  'a byte order mark': ['/v1/batch', '\ufeff{"batch":[]}'],
  'a gzip bomb': ['/v1/batch', gzipSync(Buffer.alloc(20_000_000))],
  'a gzip cut short': ['/v1/batch', gzipSync('{"batch":[]}').subarray(0, 20)],
  '600 KB': ['/v1/batch', JSON.stringify({ batch: [track({ x: long(600_000) })] })],
  '1,001 items': ['/v1/batch', JSON.stringify({ batch: Array(1_001).fill(track({})) })],
  'a form': ['/v1/track', 'userId=u&event=Viewed', { 'content-type': 'text/plain' }],
  'users that are a text': ['/v1/enrol', '{"journey":"sold","users":"all"}'],
  'a journey that every object has': [
    '/v1/enrol',
    '{"journey":"constructor","users":[{"userId":"u"}]}',
  ],
  'a user with NUL': ['/v1/enrol', '{"journey":"sold","users":[{"userId":"a\\u0000"}]}'],
  'an e-mail of 5 KB': [
    '/v1/enrol',
    JSON.stringify({ journey: 'sold', users: [{ email: long(5_000) }] }),
  ],
  'runs that are objects': ['/v1/journeys/sold/retry', '{"runs":[{}]}'],
  'an answer that is an object': ['/v1/handoffs/run/call', '{"answer":{"yes":true}}'],
  'a handoff with NUL': ['/v1/handoffs/run%00/call', '{"answer":"yes"}'],
  'a handoff with half a character': ['/v1/handoffs/%ed%a0%80/call', '{"answer":"yes"}'],
  'a handoff of a constructor': ['/v1/handoffs/constructor/__proto__', '{"answer":"yes"}'],
  'an opt-out of a forged token': ['/u/e30.e30', ''],
  'an opt-out of a token with NUL': ['/u/%00', ''],
  'a path that is no text': ['/v1/journeys/%ff%fe/retry', '{}'],
  'a way up': ['/v1/..%2f..%2fetc/passwd', '{}'],
};

describe('hostile input', () => {
  let postgres: TestPostgres | undefined;
  let store: Store;
  let server: IngestServer;
  const faults: string[] = [];
  beforeAll(async () => {
    postgres = postgresMissing === null ? await startPostgres() : undefined;
    store = await openStore({ databaseUrl: await postgres?.createDatabase() });
    const world = recordingWorld({ journeys: [sold] }, NOW, store);
    const report = (error: Error, route: string) => void faults.push(`${route}: ${error.message}`);
    server = await serveIngest(createIngest(world, { report }), { port: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await store.close();
    await postgres?.stop();
  });

  async function post(path: string, body: string | Buffer, headers: object = {}) {
    const answer = await fetch(server.url + path, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      // A server that answers before it has read a body closes the connection behind it.
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    });
    const type = answer.headers.get('content-type') ?? '';
    // Whatever it is, it is looked at with care.
    const json = type.includes('json') ? ((await answer.json()) as Answer) : undefined;
    return { status: answer.status, body: json, faults: faults.splice(0) };
  }

  test.each(Object.entries(ITEMS))(
    '%s in a batch: taken, or refused by name',
    async (name, item) => {
      const good = (n: number): string =>
        JSON.stringify(track({ userId: `good ${n}`, messageId: `${name} ${n}` }));
      const hostile =
        typeof item === 'string' && item.startsWith('{') ? item : JSON.stringify(item);
      const answer = await post('/v1/batch', `{"batch":[${good(0)},${hostile},${good(1)}]}`);
      expect(answer.faults).toEqual([]);
      if (answer.status !== 202) {
        expect(answer).toMatchObject({ status: 400, body: { error: 'malformed' } });
        for (const problem of answer.body?.problems ?? []) {
          expect(problem).toMatchObject({ item: 1, expected: expect.stringMatching(/./) });
          expect(JSON.stringify(problem).length).toBeLessThan(600);
        }
        expect(answer.body?.problems).not.toEqual([]);
        expect((await post('/v1/batch', `{"batch":[${good(0)},${good(1)}]}`)).body).toMatchObject({
          recorded: 2,
        });
      }
    },
  );

  test.each(Object.entries(BODIES))('%s as a body: refused', async (_, [path, body, headers]) => {
    const answer = await post(path, body, headers);
    expect(answer.faults).toEqual([]);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body?.error ?? 'a page').toMatch(/./);
  });

  test('a hundred of them', () => {
    expect(Object.keys(ITEMS).length + Object.keys(BODIES).length).toBeGreaterThanOrEqual(100);
  });
});
