/** What looks after a process is told the truth, within seconds, and nobody's name. */
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { waitingRow } from '../../activities/lanes/lane.ts';
import { event } from '../../dsl/event.ts';
import { journey } from '../../dsl/journey.ts';
import { lead } from '../../dsl/lead.ts';
import { waitDays } from '../../dsl/steps/wait-days.ts';
import { heardStore } from '../../store/heard-store.ts';
import { laneRows } from '../../store/tables/index.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import { createIngest, type IngestOptions } from '../create-ingest.ts';
import { newCounters } from './counters.ts';
import type { HealthSources } from './health-routes.ts';
import { metricsText } from './metrics-text.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const welcome = journey(
  'welcome',
  { lead: lead(z.object({ email: z.string().optional() })), enter: event('Trial Started') },
  [waitDays(3)],
);

function start(health: HealthSources = {}, keys: IngestOptions = {}) {
  const counters = newCounters();
  const given = recordingWorld({ journeys: [welcome] }, NOW);
  let broken: (() => Promise<never>) | undefined;
  const heard = heardStore(given.store, counters.hear);
  const store: typeof heard = {
    ...heard,
    transaction: (work) => broken?.() ?? heard.transaction(work),
  };
  const world = { ...given, store };
  const app = createIngest(world, { ...keys, health: { counters, ...health } });
  const json = async (path: string) => {
    const answer = await app.request(path);
    return { status: answer.status, body: await answer.json() };
  };
  return { app, world, json, breakStore: (how: () => Promise<never>) => (broken = how) };
}

test('it lives, and is ready while the store answers, with Temporal or without', async () => {
  let isThere = true;
  const reachTemporal = async () => {
    if (!isThere) throw new Error('no answer');
  };
  const { json, breakStore } = start({ reachTemporal });
  expect(await json('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  const ready = { ready: true, store: 'ok', temporal: 'ok' };
  expect(await json('/readyz')).toEqual({ status: 200, body: ready });
  isThere = false;
  expect(await json('/readyz')).toEqual({
    status: 200,
    body: { ...ready, temporal: 'unreachable' },
  });
  breakStore(() => Promise.reject(new Error('the database is away')));
  expect(await json('/readyz')).toEqual({
    status: 503,
    body: { ready: false, store: 'unreachable', temporal: 'unreachable' },
  });
  expect(await json('/healthz')).toMatchObject({ status: 200 });
});

test('a store that does not answer at all is not waited for', async () => {
  vi.useFakeTimers();
  try {
    const { json, breakStore } = start();
    breakStore(() => new Promise(() => undefined));
    const asked = json('/readyz');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toMatchObject({ status: 503, body: { store: 'unreachable' } });
  } finally {
    vi.useRealTimers();
  }
});

test('metrics count who is where, what lanes have, and what this process did', async () => {
  const { app, world } = start();
  await app.request('/v1/track', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId: 'ana', event: 'Trial Started', messageId: '1' }),
  });
  const row = waitingRow({
    lane: 'email',
    key: 'a',
    cohort: 'c',
    person: 'p',
    at: NOW - 90_000,
    payload: {},
  });
  await world.store.transaction((tx) =>
    tx.add(laneRows, [row, { ...row, key: 'b', status: 'aside' }]),
  );
  const answer = await app.request('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  for (const line of [
    'cultivo_people{journey="welcome",status="live"} 1',
    'cultivo_people{journey="welcome",status="parked"} 0',
    'cultivo_lane_rows{lane="email",status="waiting"} 1',
    'cultivo_lane_rows{lane="email",status="aside"} 1',
    'cultivo_lane_oldest_seconds{lane="email"} 90',
    'cultivo_lane_oldest_seconds{lane="crm"} 0',
    'cultivo_events_total 1',
    'cultivo_entries_total{journey="welcome"} 1',
    'cultivo_decisions_total{journey="welcome",verdict="enter"} 1',
  ])
    expect(text).toContain(`${line}\n`);
  // Each name is explained once, before its samples.
  const explained = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
  expect(new Set(explained).size).toBe(explained.length);
  expect(text).not.toContain('ana');
});

test('metrics ask for the admin key where there is one', async () => {
  const { app } = start({}, { adminKey: 'secret', writeKey: 'senders' });
  const ask = async (key?: string) => {
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const headers: Record<string, string> = key === undefined ? {} : { authorization };
    return (await app.request('/metrics', { headers })).status;
  };
  expect([await ask(), await ask('senders'), await ask('secret')]).toEqual([401, 401, 200]);
  const bearer = { authorization: 'Bearer secret' };
  expect((await app.request('/metrics', { headers: bearer })).status).toBe(200);
  const wrong = { authorization: 'Bearer senders' };
  expect((await app.request('/metrics', { headers: wrong })).status).toBe(401);
  expect((await app.request('/healthz')).status).toBe(200);
});

test('a label may hold anything', () => {
  const samples = [{ labels: { of: 'a"b\\c\nd' }, value: 1.5 }];
  expect(metricsText([{ name: 'x', type: 'gauge', help: 'X.', samples }])).toBe(
    '# HELP cultivo_x X.\n# TYPE cultivo_x gauge\ncultivo_x{of="a\\"b\\\\c\\nd"} 1.5\n',
  );
});
