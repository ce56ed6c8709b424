import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { laneWorld, type LaneWorld, NOON } from '../../test/lane-world.ts';
import { laneRows } from '../../store/tables/index.ts';
import { drainBatch } from './drain-batch.ts';
import { forgetFinished } from './forget-finished.ts';
import { ProviderUnavailable } from './sender.ts';

const DAY_MS = 86_400_000;
const KEEP_MS = 30 * DAY_MS;

let world: LaneWorld;
let controller: AbortController;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  world = laneWorld();
  controller = new AbortController();
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
});

const forget = (of: Pick<LaneWorld, 'store' | 'clock'> = world, report = vi.fn()) =>
  forgetFinished(of, { keepMs: KEEP_MS, signal: controller.signal, report });

const keysLeft = async () =>
  (await world.store.transaction((tx) => tx.find(laneRows, {}))).map(({ key }) => key);

test('rows that are over and bodies are kept for their time, that a message was sent for ever', async () => {
  await world.addPerson('p-1');
  const key = await world.addMessage('p-1');
  await drainBatch(world, 'email');
  const sent = await world.message(key);
  expect(sent?.rendered).not.toBeNull();
  world.elapse(KEEP_MS);
  void forget();
  await vi.advanceTimersByTimeAsync(0);
  expect(await keysLeft()).toEqual([key]);
  expect(await world.message(key)).toEqual(sent);
  world.elapse(1);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(await keysLeft()).toEqual([]);
  expect(await world.message(key)).toEqual({ ...sent, rendered: null });
});

test('what may still be sent is kept as it was, however old', async () => {
  await world.addPerson('p-1');
  const key = await world.addMessage('p-1');
  const down = world.withPorts({
    email: {
      ...world.memory.email,
      send: () => Promise.reject(new ProviderUnavailable('down', 'The provider is down.')),
    },
  });
  await expect(drainBatch(down, 'email')).rejects.toThrow('down');
  const rendered = await world.message(key);
  world.elapse(2 * KEEP_MS);
  void forget();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(await keysLeft()).toEqual([key]);
  expect(await world.message(key)).toEqual(rendered);
});

test('thousands go in steps, each a transaction of its own', async () => {
  const rows = Array.from({ length: 2_500 }, (_, i) => ({
    lane: 'signals',
    key: `k-${i}`,
    cohort: 'c',
    person: 'p',
    payload: {},
    at: NOON,
    status: 'done' as const,
    attempts: 0,
  }));
  await world.store.transaction((tx) => tx.add(laneRows, rows));
  world.elapse(2 * KEEP_MS);
  void forget();
  await vi.advanceTimersByTimeAsync(0);
  expect(await keysLeft()).toHaveLength(1_500);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await keysLeft()).toEqual([]);
});

test('a fault is reported, and some time later it goes on; it ends when it is asked to', async () => {
  const report = vi.fn();
  const away = { ...world.store, transaction: () => Promise.reject(new Error('away')) };
  const ended = forget({ store: away, clock: world.clock }, report);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(report).toHaveBeenCalledTimes(2);
  controller.abort();
  await ended;
  expect(vi.getTimerCount()).toBe(0);
});
