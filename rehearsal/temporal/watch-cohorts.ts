/** Remembers which cohorts have begun and who is in them, so that a script knows whose clock it follows. */
import type { Cohorts } from '../../activities/world.ts';
import { Turns } from './take-turns.ts';

export interface WatchedCohorts {
  /** People (store ids) by cohort, in the order in which cohorts began. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
  /** How often a cohort has begun, or gone on after it rested. */
  readonly begun: ReadonlyMap<string, number>;
  readonly turns: Turns;
  /** The cohort does nothing more in this story, unless it is sent something. */
  rests(cohort: string): void;
  /** Resolves, with its id, when that is so. */
  resting(cohort: string): Promise<string>;
  /** The cohorts to watch. */
  over(cohorts: Cohorts): Cohorts;
}

export function watchCohorts(): WatchedCohorts {
  const people = new Map<string, Set<string>>();
  const begun = new Map<string, number>();
  const turns = new Turns();
  const rests = new Map<string, Rest>();
  const restOf = (cohort: string): Rest => {
    const known = rests.get(cohort) ?? newRest(cohort);
    rests.set(cohort, known);
    return known;
  };
  const begins = (cohort: string) => begun.set(cohort, (begun.get(cohort) ?? 0) + 1);
  return {
    people,
    begun,
    turns,
    rests: (cohort) => {
      turns.rests(cohort);
      restOf(cohort).begin();
    },
    resting: (cohort) => restOf(cohort).begun,
    over: (cohorts) => ({
      beginAgain: (cohort, items) => cohorts.beginAgain(cohort, items),
      deliver: (cohort, journey, items) => {
        if (rests.get(cohort)?.hasBegun() === true) {
          rests.delete(cohort);
          begins(cohort);
        }
        for (const item of items) {
          if (item.type === 'enrol') {
            const known = people.get(cohort) ?? new Set();
            people.set(cohort, known.add(item.lead));
            begins(cohort);
            turns.enters(cohort, item.lead, item.at);
          } else turns.sends(cohort, item.type === 'happened' ? item.happening.at : Infinity);
        }
        return cohorts.deliver(cohort, journey, items);
      },
    }),
  };
}

interface Rest {
  readonly begun: Promise<string>;
  begin(): void;
  hasBegun(): boolean;
}

function newRest(cohort: string): Rest {
  let hasBegun = false;
  let resolve: (cohort: string) => void = () => undefined;
  const begun = new Promise<string>((resolved) => {
    resolve = resolved;
  });
  return {
    begun,
    hasBegun: () => hasBegun,
    begin: () => {
      hasBegun = true;
      resolve(cohort);
    },
  };
}
