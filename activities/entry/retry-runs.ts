/** Lets parked runs go on: their cohorts take again what they could not take. */
import { laneRows, enrolments } from '../../store/tables/index.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import type { World } from '../world.ts';

/**
 * Whoever still cannot go on is parked again.
 *
 * @param runs these alone; left out: all that are parked in the journey.
 * @returns the runs that are tried again, by id.
 */
export const retryRuns = (
  { store, clock, newId }: Pick<World, 'store' | 'clock' | 'newId'>,
  journey: string,
  runs?: readonly string[],
): Promise<readonly string[]> =>
  store.transaction(async (tx) => {
    const parked = await tx.find(enrolments, { journey, status: 'parked' });
    const chosen = parked.filter(({ id }) => runs?.includes(id) ?? true);
    const time = newId();
    await tx.add(
      laneRows,
      chosen.map(({ id, cohort, person }) =>
        signalRow(
          `retry/${id}/${time}`,
          { journey, item: { type: 'retry', run: id } },
          { cohort, person, at: clock() },
        ),
      ),
    );
    return chosen.map(({ id }) => id);
  });
