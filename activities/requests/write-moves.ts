/** Writes where people have moved to: their positions, and rows of the ledger for the ways that they took and for ends. */
import type { Json } from '../../dsl/plan.ts';
import { labelIn } from '../../dsl/steps/index.ts';
import { type Unwritten, wayKey } from '../../engine/asked.ts';
import { asKept, type Move } from '../../engine/position.ts';
import { isUnderWay, type RunStatus, UNDER_WAY, type Way } from '../../engine/run.ts';
import type { Transaction } from '../../store/store.ts';
import {
  decisions,
  type Enrolment,
  enrolments,
  type NewDecision,
} from '../../store/tables/index.ts';
import { type Context, planOf } from '../context.ts';
import type { World } from '../world.ts';
import { errorText } from './error-text.ts';
import { forEachThatCan } from './for-each-that-can.ts';
import { endKey, isOutdated, lockRuns } from './known.ts';

export interface Recorded extends Move {
  readonly enrolment: Enrolment | undefined;
  /** The answer that it follows from, to be given again. */
  readonly answer?: Json | null;
}

type LedgerContext = Pick<Context, 'plan' | 'gitSha'>;

/**
 * For moves that no answer predicted: a wait that was cut short, an end, a parking. Answers with those that
 * were not written: their runs are parked where they stood, or ended without a line in the ledger, or are carried by
 * another execution.
 */
export const recordPositions = async (
  world: LedgerContext & Pick<World, 'store'>,
  moves: readonly Move[],
): Promise<readonly Unwritten[]> => {
  const recorded = await forEachThatCan<Move, Unwritten | undefined>(
    moves,
    (some) => world.store.transaction((tx) => recordTogether(world, tx, some)),
    async ({ position: { run }, at, end }, error) => {
      const text = errorText(error);
      const { store } = world;
      const status: RunStatus = end ?? 'parked';
      const row = { id: run.id, status, endedAt: end === undefined ? null : at, error: text };
      await store.transaction((tx) => tx.change(enrolments, [row], { status: UNDER_WAY }));
      return { run: run.id, error: text };
    },
  );
  return recorded.filter((each) => each !== undefined);
};

async function recordTogether(
  context: LedgerContext,
  tx: Transaction,
  moves: readonly Move[],
): Promise<(Unwritten | undefined)[]> {
  const rows = await lockRuns(
    tx,
    moves.map(({ position }) => position),
  );
  const found = moves.map((move) => ({ ...move, enrolment: rows.get(move.position.run.id) }));
  await writeMoves(context, tx, found);
  return found.map(({ position: { run }, enrolment }) =>
    isOutdated(run, enrolment) ? { run: run.id } : undefined,
  );
}

/**
 * In the caller's transaction. A repeat writes the same rows; of runs that are over, and by a cohort whose people
 * another one has by now, nothing is written.
 */
export async function writeMoves(
  context: LedgerContext,
  tx: Transaction,
  all: readonly Recorded[],
): Promise<void> {
  const moves = all.filter(({ position: { run }, enrolment }) => !isOutdated(run, enrolment));
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
    error: end === undefined ? (parked?.error ?? null) : null,
    position: end === undefined ? asKept(position) : null,
  } as const;
};

export function ledgerOf(context: LedgerContext, move: Recorded): NewDecision[] {
  const { position, at, end, ways, enrolment, answer = null } = move;
  if (enrolment !== undefined && !isUnderWay(enrolment.status)) return [];
  const { run } = position;
  const plan = planOf(context, run.plan);
  const row = {
    run: run.id,
    journey: plan.id,
    person: enrolment?.person ?? run.lead,
    plan: run.plan,
    answer,
    gitSha: context.gitSha,
  };
  const wayOf = (way: Way): NewDecision => ({
    ...row,
    key: wayKey(run.id, way),
    step: way.step,
    at: way.at,
    what: labelIn(plan, way.step),
    verdict: 'way',
    outcome: way.outcome,
    looked: way.looked ?? null,
  });
  if (end === undefined) return ways.map(wayOf);
  const over = { key: endKey(run.id), step: run.step, at, what: 'end', reason: end } as const;
  return [...ways.map(wayOf), { ...row, ...over, verdict: 'end' }];
}
