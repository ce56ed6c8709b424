/**
 * Has cohorts begin again that the engine has lost: a row of the `signals` lane for each, so that whatever cuts this
 * short leaves none behind. What is there already is left as it is.
 */
import { isUnderWay } from '../../engine/run.ts';
import { type Enrolment, enrolments, laneRows } from '../../store/tables/index.ts';
import { beginAgainRow } from '../lanes/signals-lane.ts';
import type { World } from '../world.ts';

const PAGE = 1_000;

export interface BeginAgain {
  /** What was lost, and when: each cohort begins again once for it. */
  readonly cause: string;
  /** Left out: all journeys. */
  readonly journey?: string | undefined;
  /** Whatever the engine has of them is ended first. */
  readonly anew?: boolean | undefined;
  /** Only says how many there are. */
  readonly dryRun?: boolean | undefined;
}

export interface BegunAgain {
  readonly cohorts: number;
  readonly people: number;
}

/** Everybody who is under way. */
export async function beginAllAgain(
  world: Pick<World, 'store' | 'clock'>,
  { cause, journey, anew, dryRun = false }: BeginAgain,
): Promise<BegunAgain> {
  const cohorts = new Set<string>();
  let people = 0;
  for (let after: string | undefined; ;) {
    const page = await world.store.transaction((tx) => tx.page(enrolments, { limit: PAGE, after }));
    const runs = page.filter(
      (run) => isUnderWay(run.status) && (journey === undefined || run.journey === journey),
    );
    people += runs.length;
    for (const { cohort } of runs) cohorts.add(cohort);
    if (!dryRun) await beginAgain(world, runs, { causeOf: () => cause, anew });
    after = page.at(-1)?.id;
    if (page.length < PAGE) return { cohorts: cohorts.size, people };
  }
}

/** The cohorts of these runs. Answers with those that were not to begin again for this cause before. */
export async function beginAgain(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  runs: readonly Enrolment[],
  { causeOf, anew = false }: { causeOf: (cohort: string) => string; anew?: boolean | undefined },
): Promise<readonly string[]> {
  const journeys = new Map(runs.map(({ cohort, journey }) => [cohort, journey]));
  const rows = [...journeys].map(([cohort, journey]) =>
    beginAgainRow(causeOf(cohort), { journey, anew }, { cohort, at: clock() }),
  );
  const added = await store.transaction((tx) => tx.add(laneRows, rows));
  return added.map(({ cohort }) => cohort);
}
