import { expect, test } from 'vitest';
import { withoutPersonalData } from './without-personal-data.ts';

const profile = {
  name: 'José (Pepe) Núñez',
  email: 'pepe@example.com',
  phone: '+34 600 000 000',
  employees: 42,
  income: 48_500,
  address: { street: 'Calle "Mayor" 1', list: ['Madrid'] },
};

test.each([
  ['the value as it is', 'no plan for José (Pepe) Núñez'],
  ['in capitals', 'no plan for JOSÉ (PEPE) NÚÑEZ'],
  ['in the other Unicode form', 'no plan for José (Pepe) Núñez'.normalize('NFD')],
  ['in JSON', `no plan for ${JSON.stringify(profile)}`],
  ['in a link', `GET /find?name=${encodeURIComponent(profile.name)} failed`],
  ['in a form', `phone=${new URLSearchParams({ phone: profile.phone }).toString()}`],
  ['a number', 'income 48500 is too high'],
  ['something nested', 'nobody lives at Calle "Mayor" 1 of madrid'],
  ["somebody else's address", 'Key (email)=(eva@other.example) exists'],
  ['an address in a link', 'GET /find?email=eva%40other.example&n=1 failed'],
])('%s is taken out', (_, text) => {
  const kept = withoutPersonalData(text, profile).toLowerCase();
  for (const canary of ['núñez', 'pepe', '600', '48500', 'mayor', 'madrid', 'eva', 'other']) {
    expect(kept).not.toContain(canary);
    expect(kept).not.toContain(encodeURIComponent(canary).toLowerCase());
  }
});

test('the rest stays, cut where it is long', () => {
  expect(withoutPersonalData('Card refused (code 51) at step 42', profile)).toBe(
    'Card refused (code 51) at step 42',
  );
  expect(withoutPersonalData('x'.repeat(9_000))).toHaveLength(500);
});
