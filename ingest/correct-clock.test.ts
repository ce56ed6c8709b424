import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { correctClock } from './correct-clock.ts';

const RECEIVED = 1_000_000;

test('without stamps it happened as it was received', () => {
  expect(correctClock({ receivedAt: RECEIVED })).toBe(RECEIVED);
  expect(correctClock({ happenedAt: null, sentAt: 5, receivedAt: RECEIVED })).toBe(RECEIVED);
});

test('the past without a sending time is taken as it is', () => {
  expect(correctClock({ happenedAt: 5, receivedAt: RECEIVED })).toBe(5);
});

property.prop([fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -1e12, max: 1e12 })])(
  "however wrong the sender's clock, how long ago it was is right",
  (ago, skew) => {
    const sentAt = RECEIVED + skew;
    expect(correctClock({ happenedAt: sentAt - ago, sentAt, receivedAt: RECEIVED })).toBe(
      RECEIVED - ago,
    );
    expect(correctClock({ happenedAt: sentAt + ago, sentAt, receivedAt: RECEIVED })).toBe(RECEIVED);
  },
);
