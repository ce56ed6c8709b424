import { expect, test } from 'vitest';
import { loggable, withoutAddresses } from './open-log.ts';

test('an address in an error never reaches the log', () => {
  expect(withoutAddresses('{"msg":"Key (email)=(ana.lopez@example.com) exists"}')).toBe(
    '{"msg":"Key (email)=([address]) exists"}',
  );
});

test('an error is readable in the log under whatever name it is given', () => {
  const cause = new Error('connect ECONNREFUSED');
  const error = new Error('Failed to signal Workflow', { cause });
  const written = JSON.stringify(loggable({ lane: 'signals', error }));
  expect(JSON.parse(written)).toMatchObject({
    lane: 'signals',
    error: { message: 'Failed to signal Workflow', cause: { message: 'connect ECONNREFUSED' } },
  });
});
