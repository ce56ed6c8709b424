/** What a step's handlers are told about the run and its host. */
import type { Instant } from '../dsl/plan.ts';
import type { Situation } from '../dsl/step.ts';
import type { Run } from './run.ts';

/** What a host sets for all its runs; never part of a plan. */
export interface Setting {
  readonly at: Instant;
  readonly spreadMs: number;
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
