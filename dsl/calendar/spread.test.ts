import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadOffset } from './spread.ts';

test('every key has one place inside the window, in whole milliseconds', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 40 }), (key, windowMs) => {
      const offset = spreadOffset(key, windowMs);
      expect(Number.isInteger(offset) && offset >= 0 && offset < windowMs).toBe(true);
      expect(spreadOffset(key, windowMs)).toBe(offset);
    }),
  );
});

test('without a window everybody stays at the instant', () => {
  expect(spreadOffset('lead-1', 0)).toBe(0);
});

test('places are the same for ever, since running journeys hold them', () => {
  expect(['', 'lead-1', 'lead-2', 'ñ'].map((key) => spreadOffset(key, 300_000)))
    .toMatchInlineSnapshot(`
    [
      200676,
      55202,
      134821,
      139833,
    ]
  `);
});

test.each(['lead-', '018f-7c3a-', 'a/very/long/prefix/that/all/of/them/share/'])(
  'keys that count up from "%s" fill a window evenly',
  (prefix) => {
    const slots = Array.from({ length: 50 }, () => 0);
    for (let i = 0; i < 50_000; i += 1) {
      const slot = Math.floor(spreadOffset(prefix + i, 300_000) / 6_000);
      slots[slot] = (slots[slot] ?? 0) + 1;
    }
    const chiSquare = slots.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    // 49 degrees of freedom: chance stays below 85.4 in 999 of 1,000 cases.
    expect(chiSquare).toBeLessThan(85.4);
  },
);
