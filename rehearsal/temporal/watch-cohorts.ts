/** Remembers which cohorts have begun and who is in them, so that a script knows whose clock it follows. */
import type { Cohorts } from '../../activities/world.ts';
import { Turns } from './take-turns.ts';

export interface WatchedCohorts {
  /** People (store ids) by cohort, in the order in which cohorts began. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
  /** How often anybody has entered a cohort: one that was over begins anew. */
  readonly entries: ReadonlyMap<string, number>;
  readonly turns: Turns;
  /** The cohort does nothing more in this story. */
  rests(cohort: string): void;
  /** Resolves, with its id, when that is so. */
  resting(cohort: string): Promise<string>;
  /** The cohorts to watch. */
  over(cohorts: Cohorts): Cohorts;
}

export function watchCohorts(): WatchedCohorts {
  const people = new Map<string, Set<string>>();
  const entries = new Map<string, number>();
  const turns = new Turns();
  const rests = new Map<string, { readonly ended: Promise<string>; readonly end: () => void }>();
  const rest = (cohort: string) => {
    const known = rests.get(cohort);
    if (known !== undefined) return known;
    let end: () => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      end = () => resolve(cohort);
    });
    const made = { ended, end };
    rests.set(cohort, made);
    return made;
  };
  return {
    people,
    entries,
    turns,
    rests: (cohort) => rest(cohort).end(),
    resting: (cohort) => rest(cohort).ended,
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
