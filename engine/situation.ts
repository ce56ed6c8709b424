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
  /**
   * Everybody acts at the very instant at which they were due, before news of later ones, whatever the tick; and
   * whoever is reached late listens from then on. Left out by executions that began before there was this.
   */
  readonly exact?: boolean;
}

/** Later than this, people act now instead of at the instant at which they were due. */
const PUNCTUAL_MS = 60_000;

/** How late is still punctual: a minute, or a tick. */
export const punctualMs = ({ exact, tickMs }: Omit<CohortSettings, 'spreadMs'>): number =>
  exact === true ? Math.max(PUNCTUAL_MS, tickMs) : PUNCTUAL_MS;

/** The same for one move. */
export interface Setting extends Pick<CohortSettings, 'spreadMs' | 'exact'> {
  readonly at: Instant;
  /** When the move was due, where that is longer ago than is punctual. */
  readonly listensFrom?: Instant;
}

export const listensSince = ({ listensFrom, since }: Run): Instant => listensFrom ?? since;
export const listensSinceEntry = ({ causedAt, entered }: Run): Instant => causedAt ?? entered;

export const situationOf = (run: Run, { at, spreadMs }: Setting): Situation => ({
  at,
  spreadMs,
  zone: run.zone,
  run: run.id,
  lead: run.lead,
  entered: run.entered,
  since: run.since,
  listens: { since: listensSince(run), sinceEntry: listensSinceEntry(run) },
  phase: run.phase,
  marks: run.marks,
});
