/** What decisions are made with, besides a transaction. Holds no port: nothing that is decided reaches the world. */
import type { Crowds } from './entry/crowds.ts';
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import type { Transaction } from '../store/store.ts';
import { PlanMissingError } from '../engine/plan-missing-error.ts';

export interface Context {
  readonly project: Project;
  /** Plans by hash: those of the project and those that people are still in. */
  readonly plan: (hash: string) => Plan | undefined;
  /** Now: the wall clock, or a virtual one. Whatever a journey does carries its own instant instead. */
  readonly clock: () => Instant;
  /** New opaque ids. */
  readonly newId: () => string;
  readonly gitSha: string | null;
  /** Whose workflows are shared. */
  readonly crowds: Crowds;
  readonly onMerge: OnMerge;
}

/** What else is to be done where two people turn out to be one, before what either has is the one's. */
export type OnMerge = (
  tx: Transaction,
  two: { readonly from: string; readonly into: string; readonly at: Instant },
) => Promise<void>;

/** @throws PlanMissingError: Temporal tries again, on a worker that has it. */
export function planOf({ plan }: Pick<Context, 'plan'>, hash: string): Plan {
  const found = plan(hash);
  if (found === undefined) throw new PlanMissingError(hash);
  return found;
}
