/** Durable rows of the lanes: added by journeys, claimed in batches, finished one by one. */
import { sql, type RawBuilder } from 'kysely';
import type { LaneBell } from '../lane-bell.ts';
import type { Lane, LaneRow } from '../rows.ts';
import type { NewLaneRow, Transaction } from '../store.ts';
import { textArray } from './json-text.ts';
import { LANES_CHANNEL } from './lanes-channel.ts';
import { allOf, given, lastOfEach, type Db, type Fields } from './table.ts';
import { laneRows } from './tables.ts';

type Queries = Pick<
  Transaction,
  'addLaneRows' | 'claim' | 'unfinished' | 'finish' | 'laneRows' | 'countOpen'
>;
type Finished = Parameters<Transaction['finish']>[0][number];

const ALL_LANES: readonly Lane[] = ['email', 'crm', 'signals'];
const ADDED: Fields<NewLaneRow> = {
  lane: 'text',
  key: 'text',
  cohort: 'text',
  person: 'text',
  at: 'bigint',
  payload: 'jsonb',
};
const FINISHED: Fields<Finished> = {
  lane: 'text',
  key: 'text',
  status: 'text',
  code: 'text',
  detail: 'text',
};
const OPEN = sql`status in ('waiting', 'claimed')`;

export function laneQueries(db: Db, bell: LaneBell): Queries {
  return {
    async addLaneRows(rows) {
      if (rows.length === 0) return;
      // The database delivers the notification when, and only if, the transaction commits.
      await sql`
        with added as (
          insert into ${laneRows.name} (lane, key, cohort, person, at, payload, status)
          select lane, key, cohort, person, at, payload, 'waiting' from ${given(ADDED, rows)}
          on conflict do nothing returning lane)
        select pg_notify(${LANES_CHANNEL}, lane) from (select distinct lane from added) as lanes
      `.execute(db);
    },
    claim(lane, batch, limit) {
      bell.looking(lane);
      return claim(db, lane, batch, limit);
    },
    async unfinished(lane) {
      const found = await sql<LaneRow>`
        select ${laneRows.row} from ${laneRows.name} where lane = ${lane} and status = 'claimed'
        order by min(seq) over (partition by batch), seq
      `.execute(db);
      return found.rows;
    },
    async finish(rows) {
      if (rows.length === 0) return;
      await sql`
        update ${laneRows.name} as kept
        set status = given.status, code = given.code, detail = given.detail,
          batch = case when given.status = 'waiting' then null else kept.batch end
        from ${given(
          FINISHED,
          lastOfEach(rows, ({ lane, key }) => `${lane} ${key}`),
        )}
        where kept.lane = given.lane and kept.key = given.key
      `.execute(db);
    },
    async laneRows(where) {
      if (where.keys?.length === 0) return [];
      const found = await sql<LaneRow>`
        select ${laneRows.row} from ${laneRows.name} where ${matching(where)} order by seq
      `.execute(db);
      return found.rows;
    },
    async countOpen(cohort) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from ${laneRows.name} where cohort = ${cohort} and ${OPEN}
      `.execute(db);
      return rows[0]?.count ?? 0;
    },
  };
}

async function claim(db: Db, lane: Lane, batch: string, limit: number): Promise<LaneRow[]> {
  const claimed = await sql<LaneRow>`
    with oldest as (
      select seq, lane, key from ${laneRows.name} where lane = ${lane} and status = 'waiting'
      order by seq limit ${limit}::bigint for update skip locked),
    claimed as (
      update ${laneRows.name} as kept set status = 'claimed', batch = ${batch} from oldest
      where kept.lane = oldest.lane and kept.key = oldest.key returning kept.*)
    select ${laneRows.row} from claimed order by seq
  `.execute(db);
  return claimed.rows;
}

function matching({ lane, keys, cohort, open }: Parameters<Transaction['laneRows']>[0]) {
  const conditions: RawBuilder<unknown>[] = [];
  // The primary key begins with the lane: naming all of them keeps it of use for keys alone.
  if (lane !== undefined) conditions.push(sql`lane = ${lane}`);
  else if (keys) conditions.push(sql`lane = any(${ALL_LANES}::text[])`);
  if (keys) conditions.push(sql`key = any(${textArray(keys)}::text[])`);
  if (cohort !== undefined) conditions.push(sql`cohort = ${cohort}`);
  if (open !== undefined) conditions.push(open ? OPEN : sql`not (${OPEN})`);
  return allOf(conditions);
}
