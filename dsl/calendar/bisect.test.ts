import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bisect } from './bisect.ts';

test('finds the one number from which a condition holds', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.nat(), (change, below, above) => {
      expect(bisect(change - 1 - below, change + above, (n) => n >= change)).toBe(change);
    }),
  );
});
