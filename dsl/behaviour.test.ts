import { expect, test } from 'vitest';
import { normaliseName } from './behaviour.ts';

test.each([
  ['Petición Enviada', 'petición enviada'],
  ['peticiónEnviada', 'petición enviada'],
  ['कीमत_देखी', 'कीमत देखी'],
])('%s is one name in whichever form it is written', (name, normalised) => {
  for (const form of ['NFC', 'NFD'] as const) {
    expect(normaliseName(name.normalize(form))).toBe(normalised.normalize('NFC'));
  }
});
