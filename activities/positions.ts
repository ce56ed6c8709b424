/** Where runs stand, as the store keeps it, and the ledger's row for a run's end. */
import type { Plan } from '../dsl/plan.ts';
import type { Decision } from '../store/rows.ts';
import type { Position } from '../store/store.ts';
import type { Rest } from '../workflows/cohort.ts';

export const positionOf = ({ run, at, end, error }: Rest): Position => ({
  run: run.id,
  status: error === undefined ? (end ?? 'live') : 'parked',
  step: end === undefined ? run.step : null,
  since: end === undefined ? run.since : at,
  endedAt: end === undefined ? null : at,
  error: error ?? null,
});

/** One row per run that is over. */
export const endDecision = (
  { run, at, end }: Rest,
  plan: Plan,
  gitSha: string | null,
): Decision => ({
  key: `${run.id}:end`,
  run: run.id,
  journey: plan.id,
  person: run.lead,
  plan: run.plan,
  step: run.step,
  at,
  what: 'end',
  verdict: 'end',
  reason: end ?? null,
  until: null,
  answer: null,
  gitSha,
});
