/**
 * The acceptance scenarios on a virtual host that loses every cohort after each instant, and goes on from
 * what the store says of people: a position is all that a run needs.
 */
import { describe, test } from 'vitest';
import { UNDER_WAY } from '../../engine/run.ts';
import { VirtualHost } from '../../rehearsal/virtual-host.ts';
import { virtually } from '../../rehearsal/virtually.ts';
import { groupBy } from '../../store/group-by.ts';
import { enrolments } from '../../store/tables/index.ts';
import { allScenarios } from './all-scenarios.ts';
import { circles } from './instants.ts';

class ForgetfulHost extends VirtualHost {
  protected override async settle(): Promise<void> {
    await super.settle();
    await this.rebuild();
    await super.settle();
  }

  private async rebuild(): Promise<void> {
    const rows = await this.world.store.transaction((tx) =>
      tx.find(enrolments, { status: UNDER_WAY }),
    );
    this.cohorts.clear();
    for (const [id, own] of groupBy(rows, ({ cohort }) => cohort)) {
      const positions = own.flatMap(({ position }) => position ?? []);
      const cohort = this.begin(id, own[0]?.journey ?? '');
      cohort.resume(JSON.parse(JSON.stringify(positions)), this.now);
      this.touched.add(id);
    }
  }
}

describe.each([1, 200])(
  'in cohorts of %i, rebuilt from the store at every instant',
  (cohortSize) => {
    describe.each([...allScenarios, ['circles', circles]] as const)('%s', (_, scenarios) => {
      test.each(scenarios)('$name', ({ run }) =>
        run({
          host: (scenario) => virtually(scenario, { hostFrom: (from) => new ForgetfulHost(from) }),
          cohortSize,
        }),
      );
    });
  },
);
