import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startResendServer, type ResendServer } from '../../test/fakes/resend-server.ts';
import { laneWorld, NOON, type LaneWorld } from '../../test/lane-world.ts';
import type { Plan } from '../../dsl/plan.ts';
import { openPglite } from '../../store/postgres/open-pglite.ts';
import { postgresStore } from '../../store/postgres/postgres-store.ts';
import { resendEmailSender } from './resend/resend-email-sender.ts';
import { waitingRow } from '../../activities/lanes/lane.ts';
import { ProviderUnavailable } from '../../activities/lanes/sender.ts';
import type { EmailSender } from './outgoing-email.ts';
import { drainBatch } from '../../activities/lanes/drain-batch.ts';
import { consents, events, laneRows, people, suppressions } from '../../store/tables/index.ts';

let world: LaneWorld;
beforeEach(async () => {
  world = laneWorld();
  await world.addPerson('p-1');
  await world.addPerson('p-2');
});

const eventsOf = (person: string, of = world) =>
  of.store.transaction((tx) => tx.find(events, { person: person }));

const row = (key: string, of = world) =>
  of.store.transaction(async (tx) => (await tx.find(laneRows, { key: key }))[0]);

const suppress = (person: string, channel: string | null) =>
  world.store.transaction((tx) =>
    tx.add(suppressions, [{ person, channel, reason: 'bounce', at: NOON }]),
  );

test('messages leave in one batch, and their outcomes are recorded', async () => {
  const key = await world.addMessage('p-1');
  await world.addMessage('p-2');
  expect(await drainBatch(world, 'email')).toMatchObject({ rows: 2, failed: 0, waiting: 0 });
  expect(world.memory.email.sent.map(({ to, subject }) => [to, subject])).toEqual([
    ['p-1@a.example', 'Hola Name p-1'],
    ['p-2@a.example', 'Hola Name p-2'],
  ]);
  expect(await world.message(key)).toMatchObject({
    status: 'sent',
    providerId: expect.stringMatching(/^local-/),
  });
  expect(await row(key)).toMatchObject({ status: 'done', code: null });
  expect(await drainBatch(world, 'email')).toMatchObject({ rows: 0, failed: 0, waiting: 0 });
});

describe('at the moment of sending, it is asked again', () => {
  test.for(['email', null])('suppressed on %s: withheld', async (channel) => {
    const key = await world.addMessage('p-1');
    await suppress('p-1', channel);
    expect(await drainBatch(world, 'email')).toMatchObject({ rows: 1, failed: 0 });
    expect(await world.message(key)).toMatchObject({ status: 'withheld', code: 'suppressed' });
    expect(await row(key)).toMatchObject({ status: 'done', code: 'suppressed' });
    expect(world.memory.email.sent).toEqual([]);
    expect(await eventsOf('p-1')).toEqual([]);
  });

  test('suppressed on another channel: sent', async () => {
    await world.addMessage('p-1');
    await suppress('p-1', 'call');
    await drainBatch(world, 'email');
    expect(world.memory.email.sent).toHaveLength(1);
  });

  test.for([
    ['exit', 'exit'],
    ['merged', 'exit'],
    ['goal', 'goal'],
  ] as const)('run over by %s after it: withheld', async ([status, code]) => {
    await world.addPerson('p-3', {}, { status, endedAt: NOON + 1 });
    const key = await world.addMessage('p-3');
    await drainBatch(world, 'email');
    expect(await world.message(key)).toMatchObject({ status: 'withheld', code });
  });

  test.for(['exit', 'goal'] as const)('run over by %s at its own instant: sent', async (status) => {
    await world.addPerson('p-3', {}, { status, endedAt: NOON });
    await world.addMessage('p-3');
    await drainBatch(world, 'email');
    expect(world.memory.email.sent).toHaveLength(1);
  });

  test('a run that has completed since still gets its last message', async () => {
    await world.addPerson('p-3', {}, { status: 'completed' });
    await world.addMessage('p-3');
    await drainBatch(world, 'email');
    expect(world.memory.email.sent).toHaveLength(1);
  });

  test('unsubscribed from the topic: withheld', async () => {
    const key = await world.addMessage('p-1');
    await world.store.transaction((tx) =>
      tx.add(consents, [
        { person: 'p-1', topic: 'nurture', state: 'out', at: NOON, source: 'link' },
      ]),
    );
    await drainBatch(world, 'email');
    expect(await world.message(key)).toMatchObject({ status: 'withheld', code: 'unsubscribed' });
  });
});

test('a refused message fails alone, with its code, and comes back as behaviour once', async () => {
  const bad = await world.addMessage('p-1', { template: 'gone' });
  const good = await world.addMessage('p-2');
  expect(await drainBatch(world, 'email')).toMatchObject({ rows: 2, failed: 1, waiting: 0 });
  expect(await world.message(good)).toMatchObject({ status: 'sent' });
  expect(await world.message(bad)).toMatchObject({ status: 'refused', code: 'unknown-template' });
  expect(await row(bad)).toMatchObject({ status: 'failed', code: 'unknown-template' });
  expect(await eventsOf('p-1')).toMatchObject([
    {
      name: 'email failed',
      at: NOON + 1,
      properties: {
        template: 'gone',
        code: 'unknown-template',
        run: 'run-p-1',
        step: 'email:intro',
        message: bad,
      },
    },
  ]);
});

test('an address that the provider refuses comes back as behaviour', async () => {
  await world.addPerson('p-3', { email: 'nowhere' });
  const key = await world.addMessage('p-3');
  expect(await drainBatch(world, 'email')).toMatchObject({ failed: 1 });
  expect(await world.message(key)).toMatchObject({ status: 'refused', code: 'invalid-address' });
  expect(await eventsOf('p-3')).toMatchObject([{ name: 'email failed' }]);
});

test('a sent message comes back only where the plan of its run listens', async () => {
  // The lane reads nothing else of a plan.
  const listening = {
    listens: { events: ['email sent'], score: false, profile: false },
  } as unknown as Plan;
  world = laneWorld({ plan: (hash) => (hash === 'listening' ? listening : undefined) });
  await world.addPerson('p-1', {}, { plan: 'listening' });
  await world.addPerson('p-2');
  await world.addMessage('p-1');
  await world.addMessage('p-2');
  await drainBatch(world, 'email');
  expect(await eventsOf('p-1')).toMatchObject([
    { name: 'email sent', properties: { template: 'intro', step: 'email:intro' } },
  ]);
  expect(await eventsOf('p-2')).toEqual([]);
});

test('a message that is not in the store fails its row', async () => {
  await world.store.transaction((tx) =>
    tx.add(laneRows, [
      waitingRow({ lane: 'email', key: 'k', cohort: 'c', person: 'p-1', at: 1, payload: {} }),
    ]),
  );
  expect(await drainBatch(world, 'email')).toMatchObject({ failed: 1 });
  expect(await row('k')).toMatchObject({ status: 'failed', code: 'unknown-message' });
});

describe('a batch that was cut short', () => {
  let attempts: { key: string; subjects: string[] }[];
  let failing: boolean;
  let sender: EmailSender;
  beforeEach(() => {
    attempts = [];
    failing = true;
    sender = {
      vendor: 'flaky',
      maxBatch: 2,
      callsPerSecond: Infinity,
      idempotencyWindowMs: 1_000_000,
      send: async (key, emails) => {
        attempts.push({ key, subjects: emails.map(({ subject }) => subject) });
        if (failing) throw new ProviderUnavailable('application_error', 'no answer');
        return emails.map(({ key: providerId }) => ({ status: 'sent', providerId }));
      },
    };
  });

  async function cutShort(): Promise<void> {
    world = laneWorld({ ports: { email: sender } });
    for (const id of ['p-1', 'p-2', 'p-3']) {
      await world.addPerson(id);
      await world.addMessage(id);
    }
    await expect(drainBatch(world, 'email')).rejects.toBeInstanceOf(ProviderUnavailable);
    failing = false;
  }

  test('comes again as it was, under its key, before any other', async () => {
    await cutShort();
    // What has changed since must not change the batch: the provider knows it by its key.
    await world.store.transaction((tx) =>
      tx.add(people, [{ id: 'p-1', profile: { name: 'Other' }, zone: null, createdAt: NOON }]),
    );
    await suppress('p-2', null);
    await drainBatch(world, 'email');
    expect(attempts[1]).toEqual(attempts[0]);
    await drainBatch(world, 'email');
    expect(attempts[2]?.subjects).toEqual(['Hola Name p-3']);
    expect(attempts[2]?.key).not.toBe(attempts[0]?.key);
  });

  test('is unknown, and never sent again, once the provider has forgotten its key', async () => {
    await cutShort();
    world.elapse(1_000_000);
    expect(await drainBatch(world, 'email')).toMatchObject({ rows: 2, failed: 2, waiting: 0 });
    expect(attempts).toHaveLength(1);
    expect(await world.message('welcome/p-1/run-p-1/email:intro')).toMatchObject({
      status: 'unknown',
      code: 'outcome-unknown',
    });
    expect(await eventsOf('p-1')).toMatchObject([
      { name: 'email failed', properties: { code: 'outcome-unknown' } },
    ]);
    await drainBatch(world, 'email');
    expect(attempts[1]?.subjects).toEqual(['Hola Name p-3']);
  });

  test.each([true, false])(
    'by a process that stood still for longer than the provider knows its key is not sent by it (sent by another: %s)',
    async (isTakenOver) => {
      failing = false;
      world = laneWorld({ ports: { email: sender } });
      await world.addPerson('p-1');
      const key = await world.addMessage('p-1');
      let transactions = 0;
      const store: typeof world.store = {
        ...world.store,
        transaction: async (work) => {
          const result = await world.store.transaction(work);
          transactions += 1;
          // It has made the message ready, and stands still.
          if (transactions === 2) {
            if (isTakenOver) expect(await drainBatch(world, 'email')).toMatchObject({ rows: 1 });
            world.elapse(1_000_000);
          }
          return result;
        },
      };
      await expect(drainBatch({ ...world, store }, 'email')).rejects.toMatchObject({
        code: 'stood-still',
      });
      expect(attempts).toHaveLength(isTakenOver ? 1 : 0);
      expect(await row(key)).toMatchObject({ status: isTakenOver ? 'done' : 'waiting' });
      await drainBatch(world, 'email');
      expect(attempts).toHaveLength(1);
      expect(await world.message(key)).toMatchObject({ status: 'sent' });
    },
  );

  test('stays as it was when the quota is used up on the second attempt', async () => {
    await cutShort();
    const quota = new ProviderUnavailable('daily_quota_exceeded', 'quota', { park: true });
    const later = world.withPorts({ email: { ...sender, send: () => Promise.reject(quota) } });
    await expect(drainBatch(later, 'email')).rejects.toBe(quota);
    // The first attempt may have sent it: it goes on under its key.
    await drainBatch(world, 'email');
    expect(attempts[1]).toEqual(attempts[0]);
  });

  test('before anything was accepted (quota) goes back, and is looked at anew', async () => {
    const quota = new ProviderUnavailable('daily_quota_exceeded', 'quota', { park: true });
    world = laneWorld({ ports: { email: { ...sender, send: () => Promise.reject(quota) } } });
    await world.addPerson('p-1');
    const key = await world.addMessage('p-1');
    await expect(drainBatch(world, 'email')).rejects.toBe(quota);
    expect(await row(key)).toMatchObject({ status: 'waiting', batch: null });
    await suppress('p-1', null);
    const later = world.withPorts({});
    expect(await drainBatch(later, 'email')).toMatchObject({ rows: 1 });
    expect(await world.message(key)).toMatchObject({ status: 'withheld' });
  });
});

describe('through Resend, out of a database', () => {
  let server: ResendServer;
  beforeEach(async () => {
    server = await startResendServer();
    world = laneWorld({
      store: postgresStore(await openPglite(undefined)),
      ports: { email: resendEmailSender({ apiKey: 're_test', baseUrl: server.url }) },
    });
  });
  afterEach(async () => {
    await world.store.close();
    await server.close();
  });

  test('accepted but never answered: each message arrives once', async () => {
    for (let i = 0; i < 150; i += 1) {
      await world.addPerson(`p-${i}`);
      await world.addMessage(`p-${i}`);
    }
    server.next({ fault: 'reset-after-accepting' });
    await expect(drainBatch(world, 'email')).rejects.toBeInstanceOf(ProviderUnavailable);
    expect(await drainBatch(world, 'email')).toMatchObject({ rows: 100, failed: 0 });
    expect(await drainBatch(world, 'email')).toMatchObject({ rows: 50, failed: 0 });
    expect(server.delivered).toHaveLength(150);
    expect(new Set(server.delivered.map(({ to }) => to.join())).size).toBe(150);
  });
});
