/** Ends somebody's journeys by hand: as if their exit had come. What has not left yet is withheld. */
import { enrolments, laneRows } from '../../store/tables/index.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import type { World } from '../world.ts';

export interface EndedRun {
  readonly run: string;
  readonly journey: string;
}

/**
 * @param person a store id.
 * @param journey left out: every journey that they are in.
 */
export const endRuns = (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  person: string,
  {
    journey,
    dryRun = false,
  }: { readonly journey?: string | undefined; readonly dryRun?: boolean | undefined },
): Promise<readonly EndedRun[]> =>
  store.transaction(async (tx) => {
    const under = await tx.find(enrolments, { person, status: UNDER_WAY });
    const chosen = under.filter((run) => journey === undefined || run.journey === journey);
    const at = clock();
    if (!dryRun) {
      await tx.add(
        laneRows,
        chosen.map(({ id, journey: of, cohort }) =>
          signalRow(
            `end/${id}`,
            { journey: of, item: { type: 'end', run: id, reason: 'exit', at } },
            { cohort, person, at },
          ),
        ),
      );
    }
    return chosen.map(({ id, journey: of }) => ({ run: id, journey: of }));
  });
