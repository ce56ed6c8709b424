/** Durable rows of the lanes: added by journeys, claimed in batches, finished one by one. */
import type { LaneBell } from '../lane-bell.ts';
import type { Lane, LaneRow } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { compositeKey, isOpen, type MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<
  Transaction,
  'addLaneRows' | 'claim' | 'unfinished' | 'finish' | 'laneRows' | 'countOpen'
>;

const LANES: readonly Lane[] = ['email', 'crm', 'signals'];

/** `added` collects the lanes to be rung when the transaction commits. */
export function memoryLanes({ laneRows }: MemoryTables, bell: LaneBell, added: Set<Lane>): Queries {
  function candidates(where: Parameters<Transaction['laneRows']>[0]): LaneRow[] {
    if (where.keys) {
      const lanes = where.lane ? [where.lane] : LANES;
      const keys = where.keys.flatMap((key) => lanes.map((lane) => compositeKey(lane, key)));
      return rowsOf(laneRows, keys);
    }
    if (where.cohort === undefined) return laneRows.all();
    return laneRows.by(where.open ? 'open' : 'cohort', where.cohort);
  }

  return {
    async addLaneRows(rows) {
      for (const { lane, key, cohort, person, at, payload } of rows) {
        const rowKey = compositeKey(lane, key);
        if (laneRows.get(rowKey)) continue;
        const untouched = { status: 'waiting', batch: null, code: null, detail: null } as const;
        laneRows.put(rowKey, { lane, key, cohort, person, payload, at, ...untouched });
        added.add(lane);
      }
    },
    async claim(lane, batch, limit) {
      bell.looking(lane);
      return laneRows.by('waiting', lane, limit).map((row) => {
        const claimed: LaneRow = { ...row, status: 'claimed', batch };
        laneRows.put(compositeKey(lane, row.key), claimed);
        return claimed;
      });
    },
    async unfinished(lane) {
      const batches = new Map<string | null, LaneRow[]>();
      for (const row of laneRows.by('claimed', lane)) {
        const batch = batches.get(row.batch);
        if (batch) batch.push(row);
        else batches.set(row.batch, [row]);
      }
      return [...batches.values()].flat();
    },
    async finish(rows) {
      for (const { lane, key, status, code, detail } of rows) {
        const known = laneRows.get(compositeKey(lane, key));
        if (!known) continue;
        const batch = status === 'waiting' ? null : known.batch;
        laneRows.put(compositeKey(lane, key), { ...known, status, batch, code, detail });
      }
    },
    async laneRows(where) {
      return candidates(where).filter(
        (row) =>
          (where.lane === undefined || row.lane === where.lane) &&
          (where.cohort === undefined || row.cohort === where.cohort) &&
          (where.open === undefined || isOpen(row) === where.open),
      );
    },
    async countOpen(cohort) {
      return laneRows.count('open', cohort);
    },
  };
}
