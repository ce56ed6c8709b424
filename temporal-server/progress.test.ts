import { expect, onTestFinished, test, vi } from 'vitest';
import { elapsed, withProgress } from './progress.ts';

test('slow work is reported at its start and then with the time it took so far', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const lines: string[] = [];
  const answer = await withProgress(
    (line) => lines.push(line),
    'Building',
    async () => {
      await vi.advanceTimersByTimeAsync(60_000);
      return 'built';
    },
  );
  expect(answer).toBe('built');
  expect(lines[0]).toBe('Building');
  expect(lines).toContain('30 s: Building');
  expect(lines.at(-1)).toBe('1 min 0 s: Building');
  expect(vi.getTimerCount()).toBe(0);
});

test('elapsed time is given in minutes and seconds', () => {
  expect(elapsed(95_400)).toBe('1 min 35 s');
  expect(elapsed(1_200)).toBe('1 s');
});
