import { expect, test } from 'vitest';
import { resendPace } from './resend-pace.ts';

test.each([
  [null, undefined],
  [{}, undefined],
  [{ 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }, 10],
  [{ 'ratelimit-limit': '60', 'ratelimit-policy': '60;w=60' }, 1],
  [{ 'ratelimit-limit': '5, 5;w=1', 'ratelimit-policy': '5; w=1' }, 5],
  // What nobody can mean.
  [{ 'ratelimit-limit': '5', 'ratelimit-policy': '5;w=0' }, 5],
  [{ 'ratelimit-limit': '0' }, undefined],
  [{ 'ratelimit-limit': '-2' }, undefined],
  [{ 'ratelimit-limit': 'NaN' }, undefined],
  [{ 'ratelimit-limit': '999999999' }, 100],
])('%j: %s a second', (headers, callsPerSecond) => {
  expect(resendPace(headers)).toBe(callsPerSecond);
});
