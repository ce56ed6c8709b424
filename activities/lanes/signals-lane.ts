/** The `signals` lane: what happened, told to the cohorts of those it happened to. */
import { groupBy } from '../../store/group-by.ts';
import type { LaneRow } from '../../store/rows.ts';
import type { CohortItem } from '../../engine/cohort-item.ts';
import { withoutPersonalData } from '../without-personal-data.ts';
import type { World } from '../world.ts';
import { atMost } from './at-most.ts';
import { doneRow, type LaneKind, type RowOutcome } from './lane-kind.ts';

const COHORTS_AT_ONCE = 16;

interface SignalPayload {
  readonly journey: string;
  readonly item: CohortItem;
}

/** A cohort that cannot be told keeps its rows waiting; the others are told. */
export const signalsLane: LaneKind = {
  lane: 'signals',
  maxBatch: () => 2_000,
  callsPerSecond: () => Infinity,
  process: async (world, _, rows) => {
    const cohorts = [...groupBy(rows, ({ cohort }) => cohort)];
    const over = await runsOver(world, rows);
    const outcomes = await atMost(COHORTS_AT_ONCE, cohorts, ([cohort, own]) =>
      tell(world, cohort, own, over),
    );
    return { outcomes: outcomes.flat() };
  },
};

// Written by `enrol` and by what records behaviour.
const payloadOf = ({ payload }: LaneRow) => payload as unknown as SignalPayload;

/**
 * Runs whose entry was told before this batch was cut short, and which are over since: a cohort that
 * has ended would begin anew with them.
 */
async function runsOver(world: World, rows: readonly LaneRow[]): Promise<ReadonlySet<string>> {
  const ids = rows.map((row) => payloadOf(row).item).flatMap(entryOf);
  if (ids.length === 0) return new Set();
  const runs = await world.store.transaction((tx) => tx.enrolments({ ids }));
  return new Set(runs.filter(({ endedAt }) => endedAt !== null).map(({ id }) => id));
}

const entryOf = (item: CohortItem): readonly string[] => (item.type === 'enrol' ? [item.run] : []);

async function tell(
  world: World,
  cohort: string,
  rows: readonly LaneRow[],
  over: ReadonlySet<string>,
): Promise<readonly RowOutcome[]> {
  const payloads = rows
    .map(payloadOf)
    .filter(({ item }) => entryOf(item).every((run) => !over.has(run)));
  try {
    for (const [journey, own] of groupBy(payloads, (payload) => payload.journey)) {
      await world.cohorts.deliver(
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
