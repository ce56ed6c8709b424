import { describe, expect, test } from 'vitest';
import type { WindowPlan } from '../plan.ts';
import { parseLocal } from './local-date.ts';
import { formatLocal } from './wall-clock.ts';
import { nextWindow } from './window.ts';

const office: WindowPlan = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
const night: WindowPlan = { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' };
const everyDay = [1, 2, 3, 4, 5, 6, 7];

function opening(window: WindowPlan, local: string, zone = 'Europe/Madrid', holidays?: string[]) {
  const at = parseLocal(local, zone);
  const opens = nextWindow(window, at, zone, holidays && new Set(holidays)).opens;
  return opens === at ? 'open' : formatLocal(opens, zone);
}

describe('by day', () => {
  test('is open from its first minute until just before its last', () => {
    expect(opening(office, '2026-03-02T08:59')).toBe('Mon  2 Mar 09:00');
    expect(opening(office, '2026-03-02T09:00')).toBe('open');
    expect(opening(office, '2026-03-02T17:59')).toBe('open');
    expect(opening(office, '2026-03-02T18:00')).toBe('Tue  3 Mar 09:00');
  });

  test('waits over the weekend and over the start of summer time', () => {
    expect(opening(office, '2026-03-06T18:00', 'America/Los_Angeles')).toBe('Mon  9 Mar 09:00');
  });

  test('stays shut on holidays', () => {
    const easter = ['2026-04-03', '2026-04-06'];
    expect(opening(office, '2026-04-02T18:00', 'Europe/Madrid', easter)).toBe('Tue  7 Apr 09:00');
    expect(opening(office, '2026-04-03T10:00', 'Europe/Madrid', easter)).toBe('Tue  7 Apr 09:00');
  });
});

describe('across midnight', () => {
  test('belongs to the day on which it opens', () => {
    expect(opening(night, '2026-03-02T05:59')).toBe('Mon  2 Mar 22:00');
    expect(opening(night, '2026-03-02T22:00')).toBe('open');
    expect(opening(night, '2026-03-03T05:59')).toBe('open');
    expect(opening(night, '2026-03-03T06:00')).toBe('Tue  3 Mar 22:00');
    expect(opening(night, '2026-03-07T05:59')).toBe('open');
    expect(opening(night, '2026-03-07T22:30')).toBe('Mon  9 Mar 22:00');
  });

  test('a holiday shuts the night that begins on it, not the one that ends on it', () => {
    const holiday = ['2026-03-03'];
    expect(opening(night, '2026-03-03T05:00', 'Europe/Madrid', holiday)).toBe('open');
    expect(opening(night, '2026-03-04T05:00', 'Europe/Madrid', holiday)).toBe('Wed  4 Mar 22:00');
  });

  test('the same time at both ends is a whole day', () => {
    const monday: WindowPlan = { days: [1], from: '00:00', to: '00:00' };
    expect(opening(monday, '2026-03-02T00:00')).toBe('open');
    expect(opening(monday, '2026-03-02T23:59')).toBe('open');
    expect(opening(monday, '2026-03-03T00:00')).toBe('Mon  9 Mar 00:00');
  });
});

describe('where clocks change', () => {
  test('an opening in a gap moves to the first valid instant', () => {
    const early: WindowPlan = { days: everyDay, from: '02:30', to: '08:00' };
    expect(opening(early, '2026-03-29T01:59')).toBe('Sun 29 Mar 03:00');
  });

  test('a window that lies in a gap does not open that day', () => {
    const short: WindowPlan = { days: everyDay, from: '02:10', to: '02:50' };
    expect(opening(short, '2026-03-29T01:59')).toBe('Mon 30 Mar 02:10');
  });

  test('a window in an overlap opens once and closes once', () => {
    const zone = 'Europe/Madrid';
    const short: WindowPlan = { days: everyDay, from: '02:10', to: '02:50' };
    const secondTime = parseLocal('2026-10-25T02:20', zone) + 3_600_000;
    expect(opening(short, '2026-10-25T02:20')).toBe('open');
    expect(formatLocal(nextWindow(short, secondTime, zone).opens, zone)).toBe('Mon 26 Oct 02:10');
  });

  test('a day that the zone left out has no window', () => {
    expect(opening(office, '2011-12-29T18:00', 'Pacific/Apia')).toBe('Mon  2 Jan 09:00');
    expect(opening(night, '2011-12-31T00:00', 'Pacific/Apia')).toBe('Mon  2 Jan 22:00');
  });
});

test('a window that never opens is refused', () => {
  const shut: WindowPlan = { days: [], from: '09:00', to: '18:00' };
  expect(() => opening(shut, '2026-03-02')).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Send window 09:00 to 18:00 on weekdays []: expected an opening within 400 days of 2026-03-02, received none. Name at least one weekday that is not always a holiday. [window-never-opens]]`,
  );
});
