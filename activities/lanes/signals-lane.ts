/** The `signals` lane: what happened, delivered to the cohorts of those it happened to. */
import type { CohortItem } from '../../engine/items.ts';
import { isUnderWay } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import { enrolments, type LaneRow } from '../../store/tables/index.ts';
import { withoutPersonalData } from '../without-personal-data.ts';
import type { Cohorts } from '../world.ts';
import { doneRow, type Lane, type LaneWorld, waitingRow, type RowOutcome } from './lane.ts';
import { atMost } from './pacer.ts';

export const SIGNALS = 'signals';
const COHORTS_AT_ONCE = 16;

interface SignalPayload {
  readonly journey: string;
  readonly item: CohortItem;
}

/** For a cohort; once for each key. */
export const signalRow = (
  key: string,
  { journey, item }: SignalPayload,
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

/** A cohort that cannot be reached keeps its rows waiting; the others hear theirs. */
export const signalsLane = (cohorts: Cohorts): Lane => ({
  maxBatch: 2_000,
  callsPerSecond: Infinity,
  process: async (world, _, rows) => {
    const over = await runsOver(world, rows);
    const outcomes = await atMost(
      COHORTS_AT_ONCE,
      [...groupBy(rows, ({ cohort }) => cohort)],
      ([cohort, own]) => deliver(cohorts, cohort, own, over),
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
  const ids = rows.map((row) => payloadOf(row).item).flatMap(entryOf);
  if (ids.length === 0) return new Set();
  const runs = await store.transaction((tx) => tx.find(enrolments, { id: ids }));
  return new Set(runs.filter(({ status }) => !isUnderWay(status)).map(({ id }) => id));
}

const entryOf = (item: CohortItem): readonly string[] => (item.type === 'enrol' ? [item.run] : []);

async function deliver(
  cohorts: Cohorts,
  cohort: string,
  rows: readonly LaneRow[],
  over: ReadonlySet<string>,
): Promise<readonly RowOutcome[]> {
  const payloads = rows
    .map(payloadOf)
    .filter(({ item }) => entryOf(item).every((run) => !over.has(run)));
  try {
    for (const [journey, own] of groupBy(payloads, (payload) => payload.journey)) {
      await cohorts.deliver(
        cohort,
        journey,
        own.map(({ item }) => item),
      );
    }
    return rows.map(doneRow);
  } catch (error) {
    const detail = withoutPersonalData(String(error));
    return rows.map(({ key }) => ({ key, status: 'waiting', code: 'undeliverable', detail }));
  }
}
