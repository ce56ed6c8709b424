/** Seeded lives under faults at every step: what is promised holds, and a seed tells the same again. */
import { expect, test } from 'vitest';
import { scenarioOf } from './scenario-of.ts';
import { simulate } from './simulate.ts';

test('the same seed takes the same steps', async () => {
  const [first, second] = [await simulate(scenarioOf(10)), await simulate(scenarioOf(10))];
  expect(second.hash).toBe(first.hash);
  expect(first.steps).toBeGreaterThan(100);
});

const LIVES = 60;

test.each(Array.from({ length: 10 }, (_, part) => part * LIVES + 1))(
  'sixty lives from seed %i on keep every promise, whatever breaks',
  async (first) => {
    for (let seed = first; seed < first + LIVES; seed += 1) {
      const { violations } = await simulate(scenarioOf(seed));
      expect({ seed, violations }).toEqual({ seed, violations: [] });
    }
  },
);

/** A store that fails again and again while a row is delivered says nothing of the row: nobody is left behind. */
test.each([301952, 302460])('life %i leaves nobody behind', async (seed) => {
  const { violations } = await simulate(scenarioOf(seed));
  expect(violations).toEqual([]);
});

/** A decision that led nowhere, asked again after a crash, was given the answer of the next one. */
test.each([301, 406, 583, 1288, 1617])(
  'life %i is the same with and without faults',
  async (seed) => {
    const { violations } = await simulate(scenarioOf(seed));
    expect(violations).toEqual([]);
  },
);
