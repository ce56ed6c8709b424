/** Waits until lanes hold nothing that a cohort caused or is to hear. However many wait, the store is asked once for all. */
import { setTimeout as pause } from 'node:timers/promises';
import { SIGNALS } from '../../activities/lanes/signals-lane.ts';
import type { Store } from '../../store/store.ts';
import { type LaneRow, laneRows, OPEN } from '../../store/tables/index.ts';

const LOOK_AGAIN_MS = 2;

export type LanesAtRest = (cohort: string) => Promise<void>;

export function lanesAtRest(store: Store, lanes: Iterable<string>): LanesAtRest {
  const all = [...lanes];
  let waiting: {
    readonly cohort: string;
    readonly go: () => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  let looking = false;

  async function look(): Promise<void> {
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      try {
        const busy = new Set((await openRows(store, all)).map(({ cohort }) => cohort));
        for (const each of asked) if (!busy.has(each.cohort)) each.go();
        waiting.push(...asked.filter(({ cohort }) => busy.has(cohort)));
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
      if (waiting.length > 0) await pause(LOOK_AGAIN_MS);
    }
    looking = false;
  }

  return (cohort) =>
    new Promise((go, fail) => {
      waiting.push({ cohort, go, fail });
      if (looking) return;
      looking = true;
      void look(); // its errors go to those who wait
    });
}

/** Resolves when every entry and event has reached its cohort. */
export async function allDelivered(store: Store): Promise<void> {
  while ((await openRows(store, [SIGNALS])).length > 0) await pause(LOOK_AGAIN_MS);
}

const openRows = (store: Store, lane: readonly string[]): Promise<LaneRow[]> =>
  store.transaction((tx) => tx.find(laneRows, { lane, status: OPEN }));
