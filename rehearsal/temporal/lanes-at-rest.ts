/** Waits until lanes hold nothing that a cohort caused or is to hear. However many wait, the store is asked once for all. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';

const LOOK_AGAIN_MS = 2;

export type LanesAtRest = (cohort: string) => Promise<void>;

export function lanesAtRest(store: Store): LanesAtRest {
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
        const rows = await store.transaction((tx) => tx.laneRows({ open: true }));
        const busy = new Set(rows.map(({ cohort }) => cohort));
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
      void look(); // its errors are told to those who wait
    });
}
