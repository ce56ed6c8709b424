/** Writes where people have moved to: their positions, and rows of the ledger for the ways that they took and for ends. */
import type { Json } from '../../dsl/plan.ts';
import { labelStep } from '../../dsl/steps/index.ts';
import { wayKey } from '../../engine/asked.ts';
import { asKept, type Move } from '../../engine/position.ts';
import { isUnderWay, UNDER_WAY, type Way } from '../../engine/run.ts';
import type { Transaction } from '../../store/store.ts';
import { type Decision, decisions, type Enrolment, enrolments } from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { planOf } from '../plan-of.ts';
import { endKey, enrolmentsOf } from './known.ts';

export interface Recorded extends Move {
  readonly enrolment: Enrolment | undefined;
  /** The answer that it follows from, to be given again. */
  readonly answer?: Json | null;
}

type Told = Pick<Context, 'plan' | 'gitSha'>;

/** For moves that no answer predicted: a wait that was cut short, an end, a parking. */
export async function recordPositions(
  context: Told,
  tx: Transaction,
  moves: readonly Move[],
): Promise<void> {
  const telling = moves.filter(({ end, ways }) => end !== undefined || ways.length > 0);
  const rows = await enrolmentsOf(
    tx,
    telling.map(({ position }) => position),
  );
  await writeMoves(
    context,
    tx,
    moves.map((move) => ({ ...move, enrolment: rows.get(move.position.run.id) })),
  );
}

/** In the caller's transaction. A repeat writes the same rows; of runs that are over nothing is written. */
export async function writeMoves(
  context: Told,
  tx: Transaction,
  moves: readonly Recorded[],
): Promise<void> {
  await tx.change(enrolments, moves.map(standing), { status: UNDER_WAY });
  await tx.add(
    decisions,
    moves.flatMap((move) => ledgerOf(context, move)),
  );
}

/** The columns of an enrolment that say where its person stands. */
export const standing = ({ position, at, end }: Omit<Move, 'ways'>) => {
  const { run, parked } = position;
  return {
    id: run.id,
    status: end ?? (parked === undefined ? 'live' : 'parked'),
    step: end === undefined ? run.step : null,
    since: end === undefined ? run.since : at,
    endedAt: end === undefined ? null : at,
    error: parked?.error ?? null,
    position: end === undefined ? asKept(position) : null,
  } as const;
};

export function ledgerOf(context: Told, move: Recorded): Decision[] {
  const { position, at, end, ways, enrolment, answer = null } = move;
  if (enrolment !== undefined && !isUnderWay(enrolment.status)) return [];
  const { run } = position;
  const plan = planOf(context, run.plan);
  const row: Omit<Decision, 'key' | 'what' | 'verdict'> = {
    run: run.id,
    journey: plan.id,
    person: enrolment?.person ?? run.lead,
    plan: run.plan,
    step: run.step,
    at,
    outcome: null,
    reason: null,
    until: null,
    looked: null,
    answer,
    gitSha: context.gitSha,
  };
  const wayOf = (way: Way): Decision => {
    const node = plan.nodes[way.step];
    return {
      ...row,
      key: wayKey(run.id, way),
      step: way.step,
      at: way.at,
      what: node === undefined ? way.step : labelStep(node),
      verdict: 'way',
      outcome: way.outcome,
      looked: way.looked ?? null,
    };
  };
  const ended: readonly Decision[] =
    end === undefined
      ? []
      : [{ ...row, key: endKey(run.id), what: 'end', verdict: 'end', reason: end }];
  return [...ways.map(wayOf), ...ended];
}
