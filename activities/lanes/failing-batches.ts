/**
 * Batches that fail. One that certainly was not accepted goes back into its lane; any other is tried again as it
 * is. Where others pass and it does not, again and again, it is set aside: it is the batch, not the provider.
 */
import type { Instant } from '../../dsl/plan.ts';
import type { Transaction } from '../../store/store.ts';
import { type LaneRow, laneRows } from '../../store/tables/index.ts';
import { withoutPersonalData } from '../without-personal-data.ts';
import { batchKey } from './batch-key.ts';
import type { LaneResult, LaneWorld, RowOutcome } from './lane.ts';
import { CallRefused, ProviderUnavailable } from './sender.ts';
import { type Suspect, type Taken, TRIES_IN_FRONT } from './take-batch.ts';

/** So often, and for so long while others pass, a batch is tried before it waits for somebody. */
const MOST_TRIES = 10;
const TRIED_FOR_MS = 15 * 60_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** What becomes of a batch that threw. Thrown on, unless it is known that others pass. */
export function failedBatch(world: LaneWorld, batch: Taken, error: unknown): LaneResult {
  const unsent = error instanceof ProviderUnavailable && error.unsent;
  if (unsent && batch.isFirst)
    return { outcomes: putBack(world, batch, error), interrupted: error };
  const [{ attempts } = { attempts: 0 }] = batch.rows;
  const since = batch.suspect?.since ?? null;
  // Somebody has just passed (`passed` below), and this one fails nevertheless.
  const isItsOwn = isOnTrial(batch.suspect, world.clock()) && batch.suspect?.notBefore === null;
  const now = world.clock();
  const outcomes = batch.rows.map((row): RowOutcome => ({
    ...failureOf(row.key, error),
    batch: batch.key,
    attempts: row.attempts,
    since,
    ...(isItsOwn && !unsent
      ? { status: 'aside' }
      : { status: 'claimed', notBefore: now + pauseMs(attempts, error) }),
  }));
  if (since !== null && !unsent) return { outcomes, isAnswered: false };
  const isAway = !unsent && attempts >= TRIES_IN_FRONT;
  return {
    outcomes,
    interrupted: error,
    ...(isAway ? { record: (tx) => forget(tx, batch.suspects) } : {}),
  };
}

/** It may be put together anew when the provider is back; a part of a batch stays one. */
const putBack = (
  world: LaneWorld,
  { rows, isPart }: Taken,
  error: ProviderUnavailable,
): readonly RowOutcome[] => {
  const where = isPart
    ? { status: 'parted' as const, batch: batchKey(world.clock(), world.newId()) }
    : { status: 'waiting' as const };
  return rows.map(({ key }) => ({ ...failureOf(key, error), ...where }));
};

/** Called when a batch has passed: those that fail are to be tried again, and what is found then counts. */
export async function passed(
  tx: Transaction,
  suspects: readonly Suspect[],
  now: Instant,
): Promise<void> {
  for (const suspect of suspects) {
    const { since, notBefore } = suspect;
    if (since === null) await change(tx, suspect, { since: now, notBefore });
    else if (isOnTrial(suspect, now)) await change(tx, suspect, { since, notBefore: null });
  }
}

const isOnTrial = (suspect: Suspect | undefined, now: Instant): boolean =>
  suspect !== undefined &&
  suspect.attempts >= MOST_TRIES - 2 &&
  suspect.since !== null &&
  now - suspect.since >= TRIED_FOR_MS;

/** Nothing passes any more: it may be the provider. */
async function forget(tx: Transaction, suspects: readonly Suspect[]): Promise<void> {
  for (const suspect of suspects) {
    const { since, notBefore } = suspect;
    if (since !== null) await change(tx, suspect, { since: null, notBefore });
  }
}

const change = (
  tx: Transaction,
  { key: batch, rows }: Suspect,
  columns: Pick<LaneRow, 'since' | 'notBefore'>,
): Promise<void> =>
  tx.change(
    laneRows,
    rows.map(({ lane, key }) => ({ lane, key, ...columns })),
    { status: 'claimed', batch, attempts: [...new Set(rows.map(({ attempts }) => attempts))] },
  );

function failureOf(key: string, error: unknown) {
  const isKnown = error instanceof ProviderUnavailable || error instanceof CallRefused;
  return {
    key,
    code: isKnown ? error.code : 'fault',
    detail: withoutPersonalData(error instanceof Error ? error.message : String(error)),
  };
}

function pauseMs(attempts: number, error: unknown): number {
  const own = Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS);
  return error instanceof ProviderUnavailable ? Math.max(own, error.retryAfterMs ?? 0) : own;
}
