/** Makes a scenario that breaks a promise smaller, as long as it breaks it: fewer faults, less that happens, fewer steps. */
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** So many lives at most: what is left then is small enough to read. */
const MOST_TRIES = 300;

export async function shrink(scenario: Scenario, promise: string): Promise<Scenario> {
  let tries = 0;
  const stillBreaks = async (smaller: Scenario): Promise<boolean> => {
    tries += 1;
    if (tries > MOST_TRIES) return false;
    const { violations } = await simulate(smaller);
    return violations.some((each) => each.promise === promise);
  };
  const { considered } = await simulate(scenario);
  const faults = await fewest(
    Array.from({ length: considered }, (_, i) => i),
    (only) => stillBreaks({ ...scenario, faults: { ...scenario.faults, only } }),
  );
  let smallest: Scenario = { ...scenario, faults: { ...scenario.faults, only: faults } };
  const happenings = await fewest(smallest.happenings, (kept) =>
    stillBreaks({ ...smallest, happenings: kept }),
  );
  smallest = { ...smallest, happenings };
  for (const [i, journey] of smallest.journeys.entries()) {
    const withSteps = (steps: typeof journey.steps): Scenario => ({
      ...smallest,
      journeys: smallest.journeys.map((each, j) => (i === j ? { ...each, steps } : each)),
    });
    const steps = await fewest(
      journey.steps,
      async (kept) => kept.length > 0 && stillBreaks(withSteps(kept)),
    );
    smallest = withSteps(steps);
  }
  return smallest;
}

/** Leaves out ever smaller parts of the list, as long as what is left will do. */
export async function fewest<T>(
  all: readonly T[],
  willDo: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const less = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (less.length < kept.length && (await willDo(less))) kept = less;
      else from += size;
    }
  }
  return kept;
}

/** To be put into a file of tests as it is. */
export const asTest = (scenario: Scenario, promise: string): string => `
import { expect, test } from 'vitest';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

const scenario: Scenario = ${JSON.stringify(scenario, null, 2)};

test('seed ${scenario.seed}: ${promise}', async () => {
  expect((await simulate(scenario)).violations).toEqual([]);
});
`;
