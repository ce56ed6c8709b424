import { expect, test } from 'vitest';
import { type WallTime, fromWall, toWall, weekdayOf } from './wall-time.ts';

const wall = (date: string, time: string): WallTime => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { year, month, day, hour, minute, second: 0, millisecond: 0 };
};
const iso = (at: number): string => new Date(at).toISOString();

test('reads calendar and clock, to the millisecond', () => {
  expect(toWall(Date.parse('2026-12-31T18:14:59.007Z'), 'Asia/Kathmandu')).toEqual({
    ...wall('2026-12-31', '23:59'),
    second: 59,
    millisecond: 7,
  });
});

test('a time in a gap is the instant of the transition', () => {
  const gap = wall('2026-03-08', '02:45');
  expect(iso(fromWall(gap, 'America/New_York'))).toBe('2026-03-08T07:00:00.000Z');
  expect(iso(fromWall(wall('2026-10-04', '02:20'), 'Australia/Lord_Howe'))).toBe(
    '2026-10-03T15:30:00.000Z',
  );
  expect(iso(fromWall(wall('2011-12-30', '09:00'), 'Pacific/Apia'))).toBe(
    '2011-12-30T10:00:00.000Z',
  );
});

test('a time that comes twice is the first', () => {
  const twice = wall('2026-11-01', '01:30');
  expect(iso(fromWall(twice, 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
});

test('parts past their range carry over', () => {
  expect(fromWall(wall('2026-04-31', '24:00'), 'UTC')).toBe(Date.UTC(2026, 4, 2));
});

test('the weekday is that of the zone', () => {
  const sundayNight = Date.parse('2026-03-01T23:30Z');
  expect(weekdayOf(sundayNight, 'UTC')).toBe(7);
  expect(weekdayOf(sundayNight, 'Europe/Madrid')).toBe(1);
});
