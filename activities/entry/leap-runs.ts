/** Ends somebody's waits at once, as if their time had come: in development, so that nobody waits nine days for a mail. */
import { enrolments, laneRows } from '../../store/tables/index.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import type { World } from '../world.ts';

export interface LeaptRun {
  readonly run: string;
  readonly journey: string;
  readonly step: string | null;
  /** When the wait would have ended. */
  readonly until: number;
}

/** @param person a store id. Whoever waits for no time stays where they are. */
export const leapRuns = (
  { store, clock, newId }: Pick<World, 'store' | 'clock' | 'newId'>,
  person: string,
): Promise<readonly LeaptRun[]> =>
  store.transaction(async (tx) => {
    const at = clock();
    const live = await tx.find(enrolments, { person, status: 'live' });
    const waiting = live.flatMap(({ id: run, journey, step, cohort, position }) => {
      const until = position?.run.wakeAt;
      const isOpen = position?.open !== undefined;
      return until === undefined || until <= at || isOpen
        ? []
        : [{ run, journey, step, cohort, until }];
    });
    await tx.add(
      laneRows,
      waiting.map(({ run, journey, cohort }) =>
        signalRow(
          `leap/${run}/${newId()}`,
          { journey, item: { type: 'leap', run } },
          { cohort, person, at },
        ),
      ),
    );
    return waiting.map(({ run, journey, step, until }) => ({ run, journey, step, until }));
  });
