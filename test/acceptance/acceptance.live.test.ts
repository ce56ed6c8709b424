/** The acceptance scenarios on a real Temporal server whose clocks leap: the same as on a virtual one. */
import { describe, inject, test } from 'vitest';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { allScenarios } from './all-scenarios.ts';

logTemporal(openLog('error'));
const { address, namespace } = inject('temporalServer');
const host = onTemporal({ address, namespace, cacheDirectory: readEnvironment().CULTIVO_CACHE });

describe.each([1, 200])('in cohorts of %i, on Temporal', (cohortSize) => {
  describe.each(allScenarios)('%s', (_, scenarios) => {
    test.concurrent.each(scenarios)('$name', ({ run }) => run({ host, cohortSize }));
  });
});
