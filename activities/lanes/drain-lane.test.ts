import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { laneWorld, type LaneWorld } from '../../test/lane-world.ts';
import { ProviderUnavailable } from '../ports.ts';
import { drainLane } from './drain-lane.ts';
import { pacer } from './pacer.ts';

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

const drain = (of = world, maxBatches = Infinity, heartbeat = () => {}) =>
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
  const one = { ...world, email: { ...world.inbox, maxBatch: 1 } };
  expect(await drain(one, 2)).toEqual({ batches: 2 });
  expect(world.inbox.sent).toHaveLength(2);
});

test('waits for rows, wakes when they come, ends when told to', async () => {
  const draining = drain();
  await aWhile();
  await addMessages(1);
  await vi.waitFor(() => expect(world.inbox.sent).toHaveLength(1));
  controller.abort();
  expect(await draining).toEqual({ batches: 1 });
});

test('finishes the batch at hand before it ends', async () => {
  await addMessages(2);
  const one = {
    ...world,
    email: {
      ...world.inbox,
      maxBatch: 1,
      send: (...args: Parameters<typeof world.inbox.send>) => {
        controller.abort();
        return world.inbox.send(...args);
      },
    },
  };
  expect(await drain(one)).toEqual({ batches: 1 });
  const open = await world.store.transaction((tx) => tx.unfinished('email'));
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
  const busy = { ...world, email: { ...world.inbox, send: () => Promise.reject(error) } };
  await expect(drain(busy)).rejects.toBe(error);
});

test('a pacer leaves the same time between calls, and no more', async () => {
  vi.useRealTimers();
  const mayCall = pacer(100);
  const began = Date.now();
  await Promise.all(Array.from({ length: 6 }, () => mayCall()));
  const tookMs = Date.now() - began;
  expect(tookMs).toBeGreaterThanOrEqual(48);
  const aborted = AbortSignal.abort();
  const slow = pacer(0.001);
  await slow(aborted);
  await slow(aborted);
});
