/** Remembers which cohorts have begun and who is in them, so that a script knows whose clock it follows. */
import type { Cohorts } from '../../activities/world.ts';
import { Turns } from './take-turns.ts';

export interface WatchedCohorts {
  /** People (store ids) by cohort, in the order in which cohorts began. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
  /** How often anybody has entered a cohort: one that was over begins anew. */
  readonly entries: ReadonlyMap<string, number>;
  readonly turns: Turns;
  /** The cohorts to watch. */
  over(cohorts: Cohorts): Cohorts;
}

export function watchCohorts(): WatchedCohorts {
  const people = new Map<string, Set<string>>();
  const entries = new Map<string, number>();
  const turns = new Turns();
  return {
    people,
    entries,
    turns,
    over: (cohorts) => ({
      beginAgain: (cohort, items) => cohorts.beginAgain(cohort, items),
      deliver: (cohort, journey, items) => {
        for (const item of items) {
          if (item.type === 'enrol') {
            const known = people.get(cohort) ?? new Set();
            people.set(cohort, known.add(item.lead));
            entries.set(cohort, (entries.get(cohort) ?? 0) + 1);
            turns.enters(cohort, item.lead, item.at);
          } else if (item.type === 'happened') turns.sends(cohort, item.happening.at);
        }
        return cohorts.deliver(cohort, journey, items);
      },
    }),
  };
}
