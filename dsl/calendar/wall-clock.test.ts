import { expect, test } from 'vitest';
import { dateOfDay, fromWallClock, hasWallDay, toWallClock, weekdayOfDay } from './wall-clock.ts';

test('reads and finds the wall clock', () => {
  expect(toWallClock(0, 'Asia/Kathmandu')).toBe(19_800_000);
  expect(fromWallClock(19_800_000, 'Asia/Kathmandu')).toBe(0);
});

test('a day that a zone left out is known as such', () => {
  const leftOut = Date.UTC(2011, 11, 30) / 86_400_000;
  expect([leftOut - 1, leftOut, leftOut + 1].map((day) => hasWallDay(day, 'Pacific/Apia'))).toEqual(
    [true, false, true],
  );
  expect(hasWallDay(leftOut, 'UTC')).toBe(true);
});

test('days have dates and weekdays on both sides of 1970', () => {
  expect([-1, 0, 1].map(dateOfDay)).toEqual(['1969-12-31', '1970-01-01', '1970-01-02']);
  expect([-4, -3, -1, 0, 3, 4].map(weekdayOfDay)).toEqual([7, 1, 3, 4, 7, 1]);
});
