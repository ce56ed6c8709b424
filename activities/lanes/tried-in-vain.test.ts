import { expect, test } from 'vitest';
import { triedInVain } from './tried-in-vain.ts';

const NOW = Date.UTC(2026, 2, 2, 12);
const HOUR = 3_600_000;
const outcome = (attempts: number, since: number | null, isAway = false) =>
  triedInVain(
    { key: 'k', attempts, since },
    { code: 'refused', error: new Error('No.'), isAway, now: NOW },
  );

test('at once at first, then less and less often, within ten minutes', () => {
  expect(outcome(0, null)).toMatchObject({ status: 'waiting', attempts: 1, since: NOW });
  expect(outcome(2, NOW)).toMatchObject({ status: 'waiting', attempts: 3 });
  expect(outcome(3, NOW)).toMatchObject({ status: 'later', notBefore: NOW + 8_000 });
  expect(outcome(12, NOW)).toMatchObject({ status: 'later', notBefore: NOW + 600_000 });
});

test('set aside after many tries and a while, not for tries that ended with their process', () => {
  expect(outcome(13, NOW - HOUR)).toMatchObject({ status: 'aside', code: 'refused' });
  expect(outcome(40, null)).toMatchObject({ status: 'later', since: NOW });
  expect(outcome(3, NOW - HOUR)).toMatchObject({ status: 'later' });
});

test('never while it may be that none would pass, and then within half a minute', () => {
  expect(outcome(4, NOW - 99 * HOUR, true)).toMatchObject({
    status: 'later',
    attempts: 5,
    notBefore: NOW + 16_000,
  });
  expect(outcome(5, NOW - 99 * HOUR, true)).toMatchObject({ status: 'later', attempts: 5 });
});
