import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { expect, test } from 'vitest';
import { OwnCodeFailed } from '../activities/requests/discreetly.ts';
import { asFailure } from './as-failure.ts';

const profile = { name: 'Ana Canary', email: 'canary@example.com' };

/** As the server is sent it. */
const kept = (error: unknown): string =>
  JSON.stringify(defaultFailureConverter.errorToFailure(asFailure(error), defaultPayloadConverter));

test.each([
  ['own code', new OwnCodeFailed(new Error('Ana Canary canary@example.com'), profile)],
  [
    'own code that decides on retries',
    new OwnCodeFailed(
      ApplicationFailure.create({ message: 'Ana Canary', details: ['canary@example.com'] }),
      profile,
    ),
  ],
  ['a database', Object.assign(new Error('no'), { detail: 'Key (email)=(canary@example.com)' })],
  ['a database, in words', new Error('Key (email)=(canary@example.com) exists')],
  ['a cause', new Error('no', { cause: new Error('canary@example.com') })],
  ['something that is no error', 'canary@example.com'],
])('an error of %s reaches the server without personal data, with its place', (_, error) => {
  expect(kept(error)).not.toMatch(/canary/i);
  expect(kept(error)).toContain('stackTrace');
});

test('what own code decided about retries stays', () => {
  const thrown = ApplicationFailure.create({
    message: 'gone',
    type: 'Gone',
    nonRetryable: true,
    nextRetryDelay: '3 seconds',
  });
  for (const error of [thrown, new OwnCodeFailed(thrown, profile)]) {
    expect(asFailure(error)).toMatchObject({
      message: 'gone',
      type: 'Gone',
      nonRetryable: true,
      nextRetryDelay: '3 seconds',
    });
  }
});

test('cancellation stays what it is', () => {
  const cancelled = new CancelledFailure('lane handed over');
  expect(asFailure(cancelled)).toBe(cancelled);
});
