import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dateOfDay,
  formatLocal,
  fromWallClock,
  hasWallDay,
  toWallClock,
  weekdayOfDay,
} from './wall-clock.ts';

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

const found = (wall: string, zone: string): string =>
  new Date(fromWallClock(Date.parse(`${wall}Z`), zone)).toISOString();

test('a time in a gap is the instant of the transition', () => {
  expect(found('2026-03-08T02:45', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
  expect(found('2026-10-04T02:20', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z');
  expect(found('2011-12-30T09:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
});

test('a time that comes twice is the first', () => {
  expect(found('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
});

test('writes calendar and clock of the zone', () => {
  const at = Date.parse('2026-03-02T23:05Z');
  expect(formatLocal(at, 'UTC')).toBe('Mon  2 Mar 23:05');
  expect(formatLocal(at, 'Asia/Kathmandu')).toBe('Tue  3 Mar 04:50');
});

test('is always as wide, and says what UTC’s own calendar says', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
      const [weekday, day = '', month, , time = ''] = date.toUTCString().split(/,? /);
      const expected = `${weekday} ${String(Number(day)).padStart(2)} ${month} ${time.slice(0, 5)}`;
      expect(formatLocal(date.getTime(), 'UTC')).toBe(expected);
      expect(formatLocal(date.getTime(), 'UTC')).toHaveLength(16);
    }),
  );
});
