import { describe, expect, test } from 'vitest';
import {
  addDays,
  atTimeOfDay,
  isTimeOfDay,
  nextTimeOfDay,
  parseLocal,
  parseTimeOfDay,
} from './local-date.ts';
import { dateOfDay, formatLocal, wallDay } from './wall-clock.ts';

const WEEKDAYS = [1, 2, 3, 4, 5];
const NEW_YORK = 'America/New_York';
const MADRID = 'Europe/Madrid';

describe('nextTimeOfDay', () => {
  test('over the start of summer time it is still 09:00 on the wall', () => {
    const saturday = parseLocal('2026-03-07T18:00', NEW_YORK);
    const next = nextTimeOfDay(saturday, '09:00', NEW_YORK);
    expect(formatLocal(next, NEW_YORK)).toBe('Sun  8 Mar 09:00');
    expect(new Date(next).toISOString()).toBe('2026-03-08T13:00:00.000Z');
  });

  test('weekdays only: from Friday evening to Monday morning', () => {
    const zone = 'America/Los_Angeles';
    const friday = parseLocal('2026-03-06T18:00', zone);
    const next = nextTimeOfDay(friday, '09:00', zone, WEEKDAYS);
    expect(formatLocal(next, zone)).toBe('Mon  9 Mar 09:00');
  });

  test('is strictly after: at 09:00 the next one is tomorrow’s', () => {
    const nine = parseLocal('2026-03-02T09:00', MADRID);
    expect(nextTimeOfDay(nine - 1, '09:00', MADRID)).toBe(nine);
    expect(formatLocal(nextTimeOfDay(nine, '09:00', MADRID), MADRID)).toBe('Tue  3 Mar 09:00');
    expect(formatLocal(nextTimeOfDay(nine, '09:00', MADRID, [1]), MADRID)).toBe('Mon  9 Mar 09:00');
  });

  test('comes once on a day whose clock shows the time twice, or never', () => {
    const first = parseLocal('2026-10-25T02:30', MADRID);
    expect(formatLocal(nextTimeOfDay(first, '02:30', MADRID), MADRID)).toBe('Mon 26 Oct 02:30');
    const before = parseLocal('2026-03-29T01:00', MADRID);
    expect(formatLocal(nextTimeOfDay(before, '02:30', MADRID), MADRID)).toBe('Sun 29 Mar 03:00');
  });

  test('a day that the zone left out has no time of day', () => {
    const zone = 'Pacific/Apia';
    const thursday = parseLocal('2011-12-29T12:00', zone);
    expect(formatLocal(nextTimeOfDay(thursday, '09:00', zone), zone)).toBe('Sat 31 Dec 09:00');
    expect(formatLocal(nextTimeOfDay(thursday, '09:00', zone, [5]), zone)).toBe('Fri  6 Jan 09:00');
  });

  test('needs a weekday', () => {
    expect(() => nextTimeOfDay(0, '09:00', 'UTC', [])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Weekdays: expected some of 1 (Monday) to 7 (Sunday), received []. Name at least one day. [no-weekday]]`,
    );
  });
});

test('days are added on the calendar, not in hours', () => {
  const entry = parseLocal('2026-03-02T10:00', MADRID);
  expect(formatLocal(addDays(entry, 89, MADRID), MADRID)).toBe('Sat 30 May 10:00');
  expect(addDays(addDays(entry, 89, MADRID), -89, MADRID)).toBe(entry);
  const second = parseLocal('2026-10-25T02:30', MADRID) + 3_600_000;
  expect(addDays(second, 0, MADRID)).toBe(second);
});

test('a time of day on the same date, back or forth', () => {
  const noon = parseLocal('2026-03-02T12:00', MADRID);
  expect(atTimeOfDay(noon, '09:00', MADRID)).toBe(parseLocal('2026-03-02T09:00', MADRID));
  expect(atTimeOfDay(noon, '23:59', MADRID)).toBe(parseLocal('2026-03-02T23:59', MADRID));
});

test('local dates are read and written', () => {
  expect(parseLocal('2026-03-02', MADRID)).toBe(Date.parse('2026-03-01T23:00Z'));
  expect(parseLocal('2028-02-29T10:00', 'UTC')).toBe(Date.UTC(2028, 1, 29, 10));
  expect(dateOfDay(wallDay(Date.parse('2026-03-01T23:00Z'), MADRID))).toBe('2026-03-02');
});

test.each([
  '',
  '2026-02-29',
  '2026-3-2',
  '2026-03-02T',
  '2026-03-02T24:00',
  '2026-03-02T10:00Z',
  '2026-03-02T10:00T11:00',
  '2026-03-02 10:00',
  '2026-03-02-01',
  '0026-03-02',
  '999999-03-02',
])('refuses "%s" as a local date', (text) => {
  expect(() => parseLocal(text, MADRID)).toThrow('[invalid-local-date]');
});

test('says what a local date looks like', () => {
  expect(() => parseLocal('2 March', MADRID)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Local date: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM, received "2 March". Write an existing day, and the time in 24 hours. [invalid-local-date]]`,
  );
});

test('times of day are read in 24 hours', () => {
  expect(['00:00', '09:00', '23:59'].map(parseTimeOfDay)).toEqual([0, 540, 1439]);
  expect(['24:00', '9:00', '09:60', '09:00:00', '', '09:00\n'].some(isTimeOfDay)).toBe(false);
  expect(() => parseTimeOfDay('9am')).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Time of day: expected HH:MM from 00:00 to 23:59, received "9am". Write two digits each, in 24 hours. [invalid-time-of-day]]`,
  );
});
