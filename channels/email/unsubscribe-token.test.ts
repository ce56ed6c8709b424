import { expect, test } from 'vitest';
import { memoryStore } from '../../store/memory/memory-store.ts';
import {
  makeUnsubscribeToken,
  readUnsubscribeToken,
  unsubscribeSecret,
} from './unsubscribe-token.ts';

test('a token comes back as who leaves which topic', () => {
  const token = makeUnsubscribeToken('secret', 'p-1', 'Novedades y más');
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(readUnsubscribeToken('secret', token)).toEqual({
    person: 'p-1',
    topic: 'Novedades y más',
  });
});

test('a token of another secret, a changed one and rubbish are nothing', () => {
  const token = makeUnsubscribeToken('secret', 'p-1', 'news');
  const other = makeUnsubscribeToken('secret', 'p-2', 'news');
  const forged = `${other.split('.')[0]}.${token.split('.')[1]}`;
  expect(readUnsubscribeToken('other', token)).toBeUndefined();
  for (const wrong of [forged, '', '.', 'x', 'x.y', `${token}x`, token.slice(0, -4)]) {
    expect(readUnsubscribeToken('secret', wrong)).toBeUndefined();
  }
});

test('the secret is made once', async () => {
  const store = memoryStore();
  const first = await store.transaction(unsubscribeSecret);
  expect(first.length).toBeGreaterThan(40);
  expect(await store.transaction(unsubscribeSecret)).toBe(first);
});
