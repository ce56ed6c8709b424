/** Remembers which cohorts have begun and who is in them, so that a script knows whose clock it follows. */
import type { Cohorts } from '../activities/world.ts';

export interface WatchedCohorts extends Cohorts {
  /** People (store ids) by cohort, in the order in which cohorts began. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
}

export function watchCohorts(cohorts: Cohorts): WatchedCohorts {
  const people = new Map<string, Set<string>>();
  return {
    people,
    deliver: (cohort, journey, items) => {
      for (const item of items) {
        if (item.type !== 'enrol') continue;
        const known = people.get(cohort) ?? new Set();
        people.set(cohort, known.add(item.lead));
      }
      return cohorts.deliver(cohort, journey, items);
    },
  };
}
