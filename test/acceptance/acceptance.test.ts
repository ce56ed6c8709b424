/** The acceptance scenarios on a virtual clock. */
import { describe, test } from 'vitest';
import { virtually } from '../../rehearsal/virtually.ts';
import { allScenarios } from './all-scenarios.ts';
import { circles } from './instants.ts';

describe.each([1, 200])('in cohorts of %i, on a virtual clock', (cohortSize) => {
  describe.each([...allScenarios, ['circles', circles]] as const)('%s', (_, scenarios) => {
    test.each(scenarios)('$name', ({ run }) =>
      run({ host: (scenario) => virtually(scenario), cohortSize }),
    );
  });
});
