import { expect, test } from 'vitest';
import { discreetly, OwnCodeFailed } from './discreetly.ts';

const profile = { name: 'Ana Canary', email: 'canary@example.com', phone: '+34 600 111 222' };

test.each([
  ['an error', new Error(`no plan for Ana Canary <canary@example.com>\n    at Ana Canary:1:2`)],
  ['an error with a cause', new Error('no plan', { cause: new Error('Ana Canary') })],
  ['a text', 'ANA CANARY has no plan'],
  ['an error of a kind of its own', Object.assign(new Error('no'), { name: 'Ana Canary' })],
])('%s says what happened and where, and nothing of the lead', async (_, thrown) => {
  const failed: unknown = await discreetly(profile, () => {
    throw thrown;
  }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(OwnCodeFailed);
  const { name, message, stack } = failed as Error;
  const told = [name, message, stack, JSON.stringify(failed), String(failed)].join('\n');
  expect(told).not.toMatch(/canary/i);
  if (thrown instanceof Error) expect(stack).toContain('discreetly.test.ts');
});

test('what own code answers comes back as it is', async () => {
  expect(await discreetly(profile, () => Promise.resolve(true))).toBe(true);
});
