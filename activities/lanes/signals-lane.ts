/** The `signals` lane: what happened, delivered to the cohorts of those it happened to. */
import type { CohortItem } from '../../engine/items.ts';
import { isUnderWay, UNDER_WAY } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import { enrolments, type LaneRow } from '../../store/tables/index.ts';
import type { Cohorts, LostCohort } from '../world.ts';
import { ProviderUnavailable } from './sender.ts';
import { doneRow, type Lane, type LaneWorld, waitingRow, type RowOutcome } from './lane.ts';
import { atMost } from './pacer.ts';
import { triedInVain, TRIES_TOGETHER } from './tried-in-vain.ts';

export const SIGNALS = 'signals';
const COHORTS_AT_ONCE = 16;
/** Temporal takes 2 MB in one payload; of each item its JSON. */
const MOST_BYTES = 256 * 1024;

interface SignalPayload {
  readonly journey: string;
  /** Left out: the cohort is to begin again, where it is not there or is to be made `anew`. */
  readonly item?: CohortItem;
  readonly anew?: true;
}

/** The row that brings somebody who has entered. */
export const entryKey = (run: string): string => `enrol/${run}`;

/** For a cohort; once for each key. */
export const signalRow = (
  key: string,
  { journey, item }: Required<Pick<SignalPayload, 'journey' | 'item'>>,
  to: Pick<LaneRow, 'cohort' | 'person' | 'at'>,
) =>
  waitingRow({
    lane: SIGNALS,
    key,
    cohort: to.cohort,
    person: to.person,
    at: to.at,
    payload: { journey, item: { ...item } as unknown as LaneRow['payload'] },
  });

/**
 * Has a cohort begin again where the engine has lost it.
 *
 * @param cause what was lost, and when: once for each.
 */
export const beginAgainRow = (
  cause: string,
  { journey, anew = false }: { readonly journey: string; readonly anew?: boolean },
  to: Pick<LaneRow, 'cohort' | 'at'>,
) =>
  waitingRow({
    ...to,
    lane: SIGNALS,
    key: `begin-again/${to.cohort}/${cause}`,
    person: '',
    payload: { journey, ...(anew ? { anew } : {}) },
  });

/** Rows of a cohort that takes nothing are tried again later, and set aside in the end; the others hear theirs. */
export const signalsLane = (cohorts: Cohorts): Lane => ({
  maxBatch: 2_000,
  callsPerSecond: Infinity,
  gatherMs: 10,
  process: async (world, { rows }) => {
    const over = await runsOver(world, rows);
    const outcomes = await atMost(
      COHORTS_AT_ONCE,
      [...groupBy(rows, ({ cohort }) => cohort)],
      ([cohort, own]) => deliver(world, cohorts, cohort, own, over),
    );
    return { outcomes: outcomes.flat() };
  },
});

// Written by `signalRow` alone.
const payloadOf = ({ payload }: LaneRow) => payload as unknown as SignalPayload;

/**
 * Runs whose entry was delivered before this batch was cut short, and which are over since: a cohort that
 * has ended would begin anew with them.
 */
async function runsOver(
  { store }: Pick<LaneWorld, 'store'>,
  rows: readonly LaneRow[],
): Promise<ReadonlySet<string>> {
  const ids = rows.flatMap(entryIn);
  if (ids.length === 0) return new Set();
  const runs = await store.transaction((tx) => tx.find(enrolments, { id: ids }));
  return new Set(runs.filter(({ status }) => !isUnderWay(status)).map(({ id }) => id));
}

function entryIn(row: LaneRow): readonly string[] {
  const { item } = payloadOf(row);
  return item?.type === 'enrol' ? [item.run] : [];
}

async function deliver(
  world: Pick<LaneWorld, 'clock' | 'store'>,
  cohorts: Cohorts,
  cohort: string,
  rows: readonly LaneRow[],
  over: ReadonlySet<string>,
): Promise<readonly RowOutcome[]> {
  const isOver = (row: LaneRow) => entryIn(row).some((run) => over.has(run));
  const outcomes = rows.filter(isOver).map(doneRow);
  const due = rows.filter((row) => !isOver(row));
  for (const [journey, own] of groupBy(due, (row) => payloadOf(row).journey)) {
    for (const part of partsOf(own)) {
      try {
        await bring(world, cohorts, { id: cohort, journey }, part.map(payloadOf));
        outcomes.push(...part.map(doneRow));
      } catch (error) {
        const tried = {
          code: error instanceof ProviderUnavailable ? error.code : 'undeliverable',
          error,
          isAway: error instanceof ProviderUnavailable,
          now: world.clock(),
        };
        outcomes.push(...part.map((row) => triedInVain(row, tried)));
      }
    }
  }
  return outcomes;
}

/** To a cohort that is there, or that begins; again, where the store has people in one that is gone. */
async function bring(
  { store }: Pick<LaneWorld, 'store'>,
  cohorts: Cohorts,
  { id, journey }: Pick<LostCohort, 'id' | 'journey'>,
  payloads: readonly SignalPayload[],
): Promise<void> {
  const items = payloads.flatMap(({ item }) => item ?? []);
  const isToBeginAgain = items.length < payloads.length;
  if (!isToBeginAgain && (await cohorts.deliver(id, journey, items))) return;
  const runs = await store.transaction((tx) =>
    tx.find(enrolments, { cohort: id, status: UNDER_WAY }),
  );
  const [first] = runs;
  // Everybody's journey is over: nobody is left to hear it.
  if (first === undefined) return;
  const lead = id === `${journey}/${first.id}` ? first.person : undefined;
  const anew = payloads.some((payload) => payload.anew === true);
  await cohorts.beginAgain({ id, journey, lead, anew }, items);
}

/** What travels together: in order, and no larger than the engine takes. One that was refused together with others travels alone, so that it keeps none. */
function partsOf(rows: readonly LaneRow[]): readonly (readonly LaneRow[])[] {
  const parts: LaneRow[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = JSON.stringify(payloadOf(row)).length * MOST_BYTES_OF_A_CHARACTER;
    const isAlone = row.attempts >= TRIES_TOGETHER;
    if (isAlone || size > room) {
      parts.push([]);
      room = isAlone ? 0 : MOST_BYTES;
    }
    parts.at(-1)?.push(row);
    room -= size;
  }
  return parts;
}

/** In UTF-8, of what one UTF-16 unit holds. */
const MOST_BYTES_OF_A_CHARACTER = 3;
