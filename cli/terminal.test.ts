import { expect, test } from 'vitest';
import { harmless } from './terminal.ts';

test('nothing that a terminal obeys is left of what senders wrote', () => {
  expect(harmless('Ana\u001B[2J\u001B]0;owned\u0007\u009B1m\r\n\tñ 🌱')).toBe(
    'Ana [2J ]0;owned  1m \n\tñ 🌱',
  );
});
