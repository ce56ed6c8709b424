/** Who sees the studio, who may act there, and what no page elsewhere can make a browser do. */
import { expect, test } from 'vitest';
import { createIngest } from '../ingest/create-ingest.ts';
import { studioWorld } from '../test/studio-world.ts';
import { laneRows } from '../store/tables/index.ts';
import { salesView } from '../views/sales-view.ts';
import { type StudioAccess, studioRoutes } from './index.ts';

const { world, server } = await studioWorld();
await server.stop();

const PERSON = '/studio/people/lucia-0';
const app = (access: Partial<StudioAccess> = {}, adminKey?: string) =>
  createIngest(world, { adminKey, routes: studioRoutes({ mayAct: false, ...access }) });
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
});
const HERE = 'http://127.0.0.1:4000';
const post = (headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: 'journey=three-month-nurture',
});

test('without a key: from this machine alone, whatever name leads here', async () => {
  expect((await app().request(`${HERE}${PERSON}`)).status).toBe(200);
  expect((await app().request(`http://evil.example${PERSON}`)).status).toBe(403);
});

test('with a key: whoever shows it; a browser is asked', async () => {
  const locked = app({}, 'secret');
  const refused = await locked.request(`${HERE}${PERSON}`);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
  expect((await locked.request(`${HERE}${PERSON}`, { headers: basic('wrong') })).status).toBe(401);
  expect(
    (await locked.request(`http://in.example${PERSON}`, { headers: basic('secret') })).status,
  ).toBe(200);
});

test.each<readonly [string, string]>([
  ['GET', '/v1/people'],
  ['GET', '/v1/people/lucia-0'],
  ['GET', '/v1/people/lucia-0/why'],
  ['POST', '/v1/people/lucia-0/end'],
  ['POST', '/v1/people/lucia-0/leap'],
  ...['', '/people', '/people/lucia-0', '/inbox', '/templates', '/sales', '/plans', '/traffic'].map(
    (page) => ['GET', `/studio${page}`] as const,
  ),
])('%s %s asks for the admin key; the write key does not do', async (method, path) => {
  const locked = createIngest(world, {
    adminKey: 'secret',
    writeKey: 'senders',
    routes: studioRoutes({ mayAct: false, mayLeap: true }),
  });
  const status = async (key?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(key === undefined ? {} : basic(key)),
    };
    const body = method === 'POST' ? '{"dryRun":true}' : null;
    return (await locked.request(`${HERE}${path}`, { method, headers, body })).status;
  };
  expect([await status(), await status('senders')]).toEqual([401, 401]);
  expect(await status('secret')).toBeLessThan(400);
});

test('whom the proxy has signed in, by the header that is named, and by no other', async () => {
  const headers = { 'x-forwarded-email': 'ana@firm.example' };
  const proxied = app({ userHeader: 'x-forwarded-email' }, 'secret');
  expect((await proxied.request(`http://in.example${PERSON}`, { headers })).status).toBe(200);
  expect((await app({}, 'secret').request(`${HERE}${PERSON}`, { headers })).status).toBe(401);
});

test('nobody acts where it is not allowed, or from a page elsewhere', async () => {
  const end = `${HERE}${PERSON}/end`;
  const may = app({ mayAct: true });
  expect((await app().request(end, post({ origin: HERE, host: '127.0.0.1:4000' }))).status).toBe(
    403,
  );
  expect((await may.request(end, post())).status).toBe(403);
  expect((await may.request(end, post({ origin: 'http://evil.example' }))).status).toBe(403);
  expect((await may.request(end, post({ origin: 'null' }))).status).toBe(403);
  const done = await may.request(end, post({ origin: HERE, host: '127.0.0.1:4000' }));
  expect([done.status, done.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/studio\/people\//),
  ]);
});

test('nobody leaps where waits are real, whatever else they may do', async () => {
  const waiting = async () => {
    const rows = await world.store.transaction((tx) => tx.find(laneRows, { lane: 'signals' }));
    return rows.filter(({ key }) => key.startsWith('leap/')).length;
  };
  const before = await waiting();
  const real = app({ mayAct: true });
  const origin = { origin: HERE, host: '127.0.0.1:4000' };
  expect((await real.request(`${HERE}${PERSON}/leap`, post(origin))).status).toBe(403);
  const leap = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  };
  expect((await real.request(`${HERE}/v1/people/lucia-0/leap`, leap)).status).toBe(403);
  expect(await waiting()).toBe(before);
  const dev = app({ mayAct: true, mayLeap: true });
  expect((await dev.request(`${HERE}/v1/people/lucia-0/leap`, leap)).status).toBe(202);
  expect((await dev.request(`${HERE}${PERSON}/leap`, post(origin))).status).toBe(303);
  expect(await waiting()).toBeGreaterThan(before);
});

test('what sales has answered is done, the rest is open', async () => {
  const { open, done } = await salesView(world);
  expect(open.every(({ answer }) => answer === null)).toBe(true);
  expect(done.length).toBeGreaterThan(0);
  expect(done.every(({ answer }) => answer !== null)).toBe(true);
});

test('pages let in nothing from elsewhere, and frames run nothing', async () => {
  const page = await app().request(`${HERE}${PERSON}`);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; .*frame-ancestors 'none'$/,
  );
  const frame = await app().request(`${HERE}/studio/templates/introduction/html`);
  expect(frame.headers.get('content-security-policy')).toMatch(/sandbox/);
  expect(frame.headers.get('content-security-policy')).not.toMatch(/script-src/);
  expect((await app().request(`${HERE}/studio/nowhere`)).status).toBe(404);
  expect((await app().request(`${HERE}/studio/people/nobody`)).status).toBe(404);
  expect((await app().request(`${HERE}/`)).headers.get('location')).toBe('/studio');
});
