/** What activities work with. Composed once by a worker (real) or a rehearsal (virtual); never global. */
import type { CohortItem } from '../engine/items.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import type { EffectTable } from './effect-kind.ts';
import type { Lane } from './lanes/lane.ts';

export interface World extends Context {
  readonly store: Store;
  readonly effects: EffectTable;
  /** By name, in the order in which a virtual clock drains them. */
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly cohorts: Cohorts;
}

/** The role of the durable engine: takes items to the cohort of that id, which begins if need be. */
export interface Cohorts {
  /**
   * At least once: cohorts drop what they have seen. Only entries begin one; false: there is none of that id, because
   * everybody's journey is over, or because the engine has lost it.
   */
  deliver(cohort: string, journey: string, items: readonly CohortItem[]): Promise<boolean>;
  /** Begins one that the engine has lost, with whoever the store has in it; one that is there hears the items. */
  beginAgain(cohort: LostCohort, items: readonly CohortItem[]): Promise<void>;
}

export interface LostCohort {
  readonly id: string;
  readonly journey: string;
  /** Whoever is alone in it. */
  readonly lead?: string | undefined;
  /** Whatever runs under the id is ended first: it knows less than the store. */
  readonly anew?: boolean | undefined;
}
