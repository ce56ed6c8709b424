/** Settling: before a skipping clock leaps, what its cohort caused leaves, and what the script has for its people happens. */
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../activities/world.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { CohortActivities } from '../../workflows/cohort-input.ts';
import { lanesAtRest } from './lanes-at-rest.ts';
import type { Cue, Script } from '../script.ts';
import type { WatchedCohorts } from './watch-cohorts.ts';

export interface Stage {
  readonly world: World;
  readonly cohorts: WatchedCohorts;
  readonly script: Script;
  /** Makes cues happen, over whatever way behaviour comes in. */
  readonly happen: (cues: readonly Cue[]) => Promise<void>;
  /** The script's name for a person of the store. Default: the store's own id. */
  readonly nameOf?: (person: string) => Promise<string>;
  /** Told how far a cohort's clock has come. */
  readonly onProgress?: (cohort: string, at: Instant) => void;
}

export function settleWith(stage: Stage): CohortActivities['settle'] {
  const { world, cohorts, script, happen, onProgress } = stage;
  const atRest = lanesAtRest(world.store);
  return async ({ cohort, at, wake }) => {
    onProgress?.(cohort, at);
    await atRest(cohort);
    if (wake === null) {
      cohorts.turns.ends(cohort);
      return { next: null, shared: false };
    }
    const people = await namesIn(stage, cohort);
    const next = () => Math.min(wake, script.next(people) ?? Infinity);
    if ((await cohorts.turns.await(cohort, next)) === 'again') return { next: at, shared: true };
    const cues = script.take(at, people);
    if (cues.length > 0) {
      await happen(cues);
      await atRest(cohort);
      cohorts.turns.heard(cohort);
    }
    return { next: script.next(people) ?? null, shared: cohorts.turns.areShared(cohort) };
  };
}

/** The script's names for the people of a cohort. */
export async function namesIn(
  { cohorts, nameOf }: Stage,
  cohort: string,
): Promise<ReadonlySet<string>> {
  const people = [...(cohorts.people.get(cohort) ?? [])];
  return new Set(nameOf === undefined ? people : await Promise.all(people.map(nameOf)));
}

const LOOK_AGAIN_MS = 2;

/** Resolves when every entry and event has reached its cohort. */
export async function allDelivered({ store }: World): Promise<void> {
  const open = () => store.transaction((tx) => tx.laneRows({ lane: 'signals', open: true }));
  while ((await open()).length > 0) await pause(LOOK_AGAIN_MS);
}
