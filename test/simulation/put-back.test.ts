/** The simulation finds what it is there to find. */
import { expect, test } from 'vitest';
import { putBack } from './put-back.ts';
import { scenarioOf } from './scenario-of.ts';
import { simulate } from './simulate.ts';

const MOST_LIVES = 200;

test.each(Object.entries(putBack))('%s is found', async (_, changes) => {
  for (let seed = 1; seed <= MOST_LIVES; seed += 1) {
    const scenario = scenarioOf(seed);
    if ((await simulate(scenario, changes)).violations.length === 0) continue;
    // It is the mistake that was found, not something that is wrong anyway.
    expect((await simulate(scenario)).violations).toEqual([]);
    return;
  }
  expect.fail(`${MOST_LIVES} lives did not show it`);
});
