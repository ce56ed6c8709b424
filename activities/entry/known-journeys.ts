/** Journeys that can be asked about: those of the project, and those that it lost while people were in them. */
import type { Project } from '../../dsl/project.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import type { Store } from '../../store/store.ts';
import { enrolments } from '../../store/tables/index.ts';

interface Asked {
  readonly project: Pick<Project, 'plans'>;
  readonly store: Pick<Store, 'transaction'>;
}

/** In the config's order; those that it does not have any more last. */
export async function knownJourneys({ project, store }: Asked): Promise<readonly string[]> {
  const current = [...project.plans.keys()];
  const underWay = await store.transaction((tx) =>
    tx.count(enrolments, ['journey'], { status: UNDER_WAY }),
  );
  const lost = underWay.flatMap(({ journey }) => (project.plans.has(journey) ? [] : [journey]));
  return [...current, ...lost.sort()];
}

/** Costs nothing where the project has it. */
export const isKnownJourney = async (asked: Asked, journey: string): Promise<boolean> =>
  asked.project.plans.has(journey) || (await knownJourneys(asked)).includes(journey);
