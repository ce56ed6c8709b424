/** Writes where runs have come to rest: positions, and a row of the ledger for each run that is over. */
import type { Decision } from '../../store/rows.ts';
import type { Position, Transaction } from '../../store/store.ts';
import type { Rest } from '../../engine/cohort-state.ts';
import { enrolmentsOf } from './enrolments-of.ts';
import { planOf } from '../plan-of.ts';
import type { World } from '../world.ts';

/** In the caller's transaction. Idempotent: a repeat writes the same rows. */
export async function writeRests(
  world: World,
  tx: Transaction,
  rests: readonly Rest[],
): Promise<void> {
  await tx.putPositions(rests.map(positionOf));
  const over = rests.filter(({ end }) => end !== undefined);
  if (over.length === 0) return;
  const enrolments = await enrolmentsOf(tx, over);
  await tx.addDecisions(
    over.map((rest) => endOf(world, rest, enrolments.get(rest.run.id)?.person ?? rest.run.lead)),
  );
}

const positionOf = ({ run, at, end, error }: Rest): Position => ({
  run: run.id,
  status: error === undefined ? (end ?? 'live') : 'parked',
  step: end === undefined ? run.step : null,
  since: end === undefined ? run.since : at,
  endedAt: end === undefined ? null : at,
  error: error ?? null,
});

const endOf = (world: World, { run, at, end }: Rest, person: string): Decision => ({
  key: `${run.id}:end`,
  run: run.id,
  journey: planOf(world, run.plan).id,
  person,
  plan: run.plan,
  step: run.step,
  at,
  what: 'end',
  verdict: 'end',
  reason: end ?? null,
  until: null,
  answer: null,
  gitSha: world.gitSha,
});
