import { expect, test } from 'vitest';
import { withoutAddresses } from './open-log.ts';

test('an address in an error never reaches the log', () => {
  expect(withoutAddresses('{"msg":"Key (email)=(ana.lopez@example.com) exists"}')).toBe(
    '{"msg":"Key (email)=([address]) exists"}',
  );
});
