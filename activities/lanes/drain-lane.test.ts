import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cohortsThat, laneWorld, type LaneWorld } from '../../test/lane-world.ts';
import type { World } from '../world.ts';
import { drainLane } from './drain-lane.ts';
import { pacer } from './pacer.ts';
import { ProviderUnavailable } from './sender.ts';
import { signalRow } from './signals-lane.ts';
import { laneRows } from '../../store/tables/index.ts';

let world: LaneWorld;
let controller: AbortController;
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  world = laneWorld();
  controller = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

const drain = (of: World = world, maxBatches = Infinity, heartbeat = () => {}) =>
  drainLane(of, 'email', { heartbeat, signal: controller.signal, maxBatches });

async function addMessages(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await world.addPerson(`p-${i}`);
    await world.addMessage(`p-${i}`);
  }
}

const aWhile = () => new Promise((resolve) => setImmediate(resolve));

test('drains until it has drained as many batches as it was asked to', async () => {
  await addMessages(3);
  const one = world.withPorts({ email: { ...world.memory.email, maxBatch: 1 } });
  expect(await drain(one, 2)).toEqual({ batches: 2 });
  expect(world.memory.email.sent).toHaveLength(2);
});

test('waits for rows, wakes when they come, ends when asked to', async () => {
  const draining = drain();
  await aWhile();
  await addMessages(1);
  await vi.waitFor(() => expect(world.memory.email.sent).toHaveLength(1));
  controller.abort();
  expect(await draining).toEqual({ batches: 1 });
});

test('finishes the batch at hand before it ends', async () => {
  await addMessages(2);
  const { email } = world.memory;
  const one = world.withPorts({
    email: {
      ...email,
      maxBatch: 1,
      send: (...args) => {
        controller.abort();
        return email.send(...args);
      },
    },
  });
  expect(await drain(one)).toEqual({ batches: 1 });
  const open = await world.store.transaction((tx) =>
    tx.find(laneRows, { lane: 'email', status: 'claimed' }),
  );
  expect(open).toEqual([]);
});

test('says that it is alive every other second', async () => {
  const heartbeat = vi.fn();
  const draining = drain(world, Infinity, heartbeat);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heartbeat.mock.calls.length).toBeGreaterThanOrEqual(6);
  controller.abort();
  await draining;
  expect(vi.getTimerCount()).toBe(0);
});

test('lets an unavailable provider through to whoever called', async () => {
  await addMessages(1);
  const error = new ProviderUnavailable('rate_limit_exceeded', 'busy', { retryAfterMs: 7 });
  const busy = world.withPorts({
    email: { ...world.memory.email, send: () => Promise.reject(error) },
  });
  await expect(drain(busy)).rejects.toBe(error);
});

test('rows that cannot be done are tried again, each time a little later', async () => {
  let attempts = 0;
  world = laneWorld({
    cohorts: cohortsThat(() => {
      attempts += 1;
      return Promise.reject(new Error('no such namespace'));
    }),
  });
  await world.store.transaction((tx) =>
    tx.add(laneRows, [
      signalRow(
        'k',
        { journey: 'j', item: { type: 'retry', run: 'r' } },
        { cohort: 'c', person: 'p', at: 1 },
      ),
    ]),
  );
  const draining = drainLane(world, 'signals', {
    heartbeat: () => {},
    signal: controller.signal,
  });
  await vi.advanceTimersByTimeAsync(3_600);
  // At once, then after 0.5, 1 and 2 seconds.
  expect(attempts).toBe(4);
  controller.abort();
  expect(await draining).toEqual({ batches: 0 });
});

test('batches keep to the calls that the provider allows', async () => {
  await addMessages(8);
  const slow = world.withPorts({
    email: { ...world.memory.email, maxBatch: 1, callsPerSecond: 5 },
  });
  const draining = drain(slow);
  await vi.advanceTimersByTimeAsync(999);
  expect(world.memory.email.sent).toHaveLength(5);
  await vi.advanceTimersByTimeAsync(1);
  expect(world.memory.email.sent).toHaveLength(6);
  controller.abort();
  await draining;
});

test('a batch that another drain has left is sent while there is more', async () => {
  await addMessages(60);
  await world.store.transaction((tx) => tx.claim('email', 'of-another', 1, world.clock()));
  const slow = world.withPorts({
    email: { ...world.memory.email, maxBatch: 1, callsPerSecond: 5 },
  });
  const draining = drain(slow);
  await vi.advanceTimersByTimeAsync(0);
  await world.store.transaction((tx) => tx.claim('email', 'of-a-third', 1, world.clock()));
  await vi.advanceTimersByTimeAsync(5_999);
  const { sent } = world.memory.email;
  expect(sent).toHaveLength(30);
  expect(sent[0]?.to).toBe('p-0@a.example');
  expect(sent.map(({ to }) => to)).toContain('p-1@a.example');
  controller.abort();
  await draining;
});

test('a pacer lets go of whoever waits when asked to', async () => {
  const mayCall = pacer({ callsPerSecond: 0.001 });
  await mayCall();
  const waiting = mayCall(controller.signal);
  controller.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});
