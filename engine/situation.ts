/** What hosts set for their runs, and what a step's handlers know of a run. */
import type { Instant } from '../dsl/plan.ts';
import type { Situation } from '../dsl/step.ts';
import type { Run } from './run.ts';

/** How a cohort is driven; never part of a plan. */
export interface CohortSettings {
  /** Wake-ups fall on multiples of this; 1 for a cohort of one. */
  readonly tickMs: number;
  /** People due together leave within this. */
  readonly spreadMs: number;
}

/** The same for one move. */
export interface Setting extends Pick<CohortSettings, 'spreadMs'> {
  readonly at: Instant;
}

export const situationOf = (run: Run, { at, spreadMs }: Setting): Situation => ({
  at,
  spreadMs,
  zone: run.zone,
  run: run.id,
  lead: run.lead,
  entered: run.entered,
  since: run.since,
  phase: run.phase,
  marks: run.marks,
});
