import { expect, test } from 'vitest';
import * as z from 'zod';
import { event } from '../dsl/event.ts';
import { days } from '../dsl/duration.ts';
import { after, journey } from '../dsl/journey.ts';
import { lead } from '../dsl/lead.ts';
import { waitDays } from '../dsl/steps/wait-days.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { createIngest, type IngestOptions } from './create-ingest.ts';
import { enrolments, laneRows } from '../store/tables/index.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const welcome = journey(
  'welcome',
  {
    lead: lead(z.object({ email: z.string() })),
    enter: event('Trial Started'),
    reenter: after(days(9)),
  },
  [waitDays(3)],
);

async function start(options: IngestOptions = {}) {
  const world = recordingWorld({ journeys: [welcome] }, NOW);
  const app = createIngest(world, options);
  const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const json = { 'content-type': 'application/json', ...headers };
    const init = { method: 'POST', body: JSON.stringify(body), headers: json };
    const response = await app.request(path, body === undefined ? { headers } : init);
    return { status: response.status, answer: (await response.json()) as unknown };
  };
  const key = { authorization: `Basic ${Buffer.from('secret:').toString('base64')}` };
  for (const userId of ['ana', 'ben']) {
    const traits = { email: `${userId}@example.com` };
    await ask('/v1/identify', { userId, traits }, options.writeKey === undefined ? {} : key);
  }
  const runs = () => world.store.transaction((tx) => tx.find(enrolments, { journey: 'welcome' }));
  return { world, ask, key, runs };
}

test('known users enter, answered in the order that was asked; unknown ones are refused and not made', async () => {
  const { ask, runs, world } = await start();
  const { status, answer } = await ask('/v1/enrol', {
    journey: 'welcome',
    users: [
      { userId: 'ana' },
      { userId: 'nobody' },
      { email: 'BEN@example.com' },
      { userId: 'ana' },
    ],
  });
  expect(status).toBe(202);
  const entered = { verdict: 'enter', run: expect.any(String) };
  expect(answer).toEqual({
    journey: 'welcome',
    entered: 3,
    refused: 1,
    users: [entered, { verdict: 'refuse', reason: 'unknown-user' }, entered, entered],
  });
  expect(await runs()).toHaveLength(2);
  const rows = await world.store.transaction((tx) => tx.find(laneRows, { lane: 'signals' }));
  expect(rows.map(({ payload }) => payload['journey'])).toEqual(['welcome', 'welcome']);
});

test('the same messageId is answered as it was; another is refused by the rules', async () => {
  const { ask, runs, world } = await start();
  const asked = { journey: 'welcome', users: [{ userId: 'ana' }], messageId: 'm1' };
  const first = await ask('/v1/enrol', asked);
  expect(await ask('/v1/enrol', asked)).toEqual(first);
  expect((await ask('/v1/enrol', { ...asked, messageId: 'm2' })).answer).toMatchObject({
    users: [{ verdict: 'refuse', reason: 'in-journey' }],
  });
  const [run] = await runs();
  await world.store.transaction((tx) =>
    tx.change(enrolments, [{ id: run?.id ?? '', status: 'completed', endedAt: NOW }]),
  );
  expect((await ask('/v1/enrol', { ...asked, messageId: 'm3' })).answer).toMatchObject({
    users: [{ verdict: 'refuse', reason: 'too-soon' }],
  });
  expect(await runs()).toHaveLength(1);
});

test('entry has the instant that is asked for, and never a later one than now', async () => {
  const { ask, runs } = await start();
  const enrol = (userId: string, at: string) =>
    ask('/v1/enrol', { journey: 'welcome', users: [{ userId }], at });
  await enrol('ana', '2026-02-01T10:00:00Z');
  await enrol('ben', '2030-02-01T10:00:00Z');
  expect((await runs()).map(({ enteredAt }) => enteredAt)).toEqual([Date.UTC(2026, 1, 1, 10), NOW]);
});

test('what is malformed is named with every reason, and nobody enters', async () => {
  const { ask, runs } = await start({ maxItems: 2 });
  expect(await ask('/v1/enrol', { users: [{ userId: 'ana' }, {}], at: 'noon' })).toMatchObject({
    status: 400,
    answer: {
      problems: [
        { path: 'journey', expected: 'text', received: 'nothing' },
        { path: 'users.1', expected: 'userId or email' },
        { path: 'at', expected: expect.stringContaining('a date like') },
      ],
    },
  });
  expect(await ask('/v1/enrol', [])).toMatchObject({ status: 400 });
  const users = [1, 2, 3].map((userId) => ({ userId }));
  expect(await ask('/v1/enrol', { journey: 'welcome', users })).toMatchObject({ status: 413 });
  expect(await ask('/v1/enrol', { journey: 'x', users: [{ userId: 'ana' }] })).toMatchObject({
    status: 404,
    answer: { error: 'unknown-journey', expected: ['welcome'] },
  });
  expect(await runs()).toEqual([]);
});

test('people are counted at their steps, by whoever has the key', async () => {
  const { ask, key } = await start({ writeKey: 'other', adminKey: 'secret' });
  const enrolment = { journey: 'welcome', users: [{ userId: 'ana' }, { userId: 'ben' }] };
  expect((await ask('/v1/enrol', enrolment)).status).toBe(401);
  expect((await ask('/v1/enrol', { ...enrolment, writeKey: 'secret' })).status).toBe(202);
  expect((await ask('/v1/journeys')).status).toBe(401);
  expect((await ask('/v1/journeys/welcome/steps')).status).toBe(401);
  expect((await ask('/v1/journeys', undefined, key)).answer).toEqual({ journeys: ['welcome'] });
  expect((await ask('/v1/journeys/welcome/steps', undefined, key)).answer).toEqual({
    journey: 'welcome',
    live: 2,
    parked: 0,
    isCurrent: true,
    cohortSize: 1,
    errors: [],
    steps: [{ step: 'wait:3d', label: 'wait 3 days', count: 2 }],
  });
  expect((await ask('/v1/journeys/x/steps', undefined, key)).status).toBe(404);
  expect((await ask('/v1/journeys/welcome/retry', {})).status).toBe(401);
  expect((await ask('/v1/journeys/x/retry', {}, key)).status).toBe(404);
  expect((await ask('/v1/journeys/welcome/retry', { runs: 'all' }, key)).status).toBe(400);
});
