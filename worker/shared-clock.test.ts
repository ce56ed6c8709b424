import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sharedClock } from './shared-clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

async function clockBeside(offsetMs: () => number) {
  const said: string[] = [];
  const store = { time: async () => Date.now() + offsetMs() };
  const clock = await sharedClock(store, { own: Date.now, say: (what) => said.push(what) });
  return { clock, said };
}

test("a clock that is a minute off shows the store's time, and somebody is told", async () => {
  const { clock, said } = await clockBeside(() => 61_000);
  expect(clock.now()).toBe(1_061_000);
  expect(said).toEqual([
    "This machine's clock is 61 s behind the store's, which counts. Set it right.",
  ]);
});

test('what is within the time that asking takes is left alone', async () => {
  const { clock, said } = await clockBeside(() => -200);
  expect(clock.now()).toBe(1_000_000);
  expect(said).toEqual([]);
});

test('a clock that is set while it runs is noticed within a minute', async () => {
  let offset = 0;
  const { clock } = await clockBeside(() => offset);
  offset = -90_000;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(clock.now()).toBe(Date.now() - 90_000);
  offset = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(clock.now()).toBe(Date.now());
  clock.stop();
  expect(vi.getTimerCount()).toBe(0);
});
