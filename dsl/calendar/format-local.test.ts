import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatLocal } from './format-local.ts';

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
