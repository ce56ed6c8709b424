/** What activities work with. Composed once by a worker (real) or a rehearsal (virtual); never global. */
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import type { Store } from '../store/store.ts';
import type { CohortItem } from '../engine/cohort-item.ts';
import type { Crm, EmailSender } from './ports.ts';

export interface World {
  readonly project: Project;
  readonly store: Store;
  /** Plans by hash: those of the project and those that people are still in. */
  readonly plan: (hash: string) => Plan | undefined;
  /** Now: the wall clock, or a virtual one. Whatever a journey does carries its own instant instead. */
  readonly clock: () => Instant;
  /** New opaque ids. */
  readonly newId: () => string;
  readonly email: EmailSender;
  readonly crm: Crm;
  readonly cohorts: Cohorts;
  readonly gitSha: string | null;
}

/** The role of the durable engine: takes items to the cohort of that id, which begins if need be. */
export interface Cohorts {
  /** At least once: cohorts drop what they have seen. */
  deliver(cohort: string, journey: string, items: readonly CohortItem[]): Promise<void>;
}
