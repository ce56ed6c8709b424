/** Rows of lanes come and go; what claiming and deleting them costs is what is claimed and deleted. */
import { sql } from 'kysely';
import type { LaneBell } from '../lane-bell.ts';
import type { Transaction } from '../store.ts';
import { type LaneRow, laneRows, OPEN, UNFINISHED } from '../tables/index.ts';
import { cleanText, textArray } from './json-text.ts';
import { type Db, sqlTable } from './sql-table.ts';

const { name, row, order } = sqlTable(laneRows);

const LOOKED_AT = 100;

export const laneQueries = (
  db: Db,
  bell: LaneBell,
): Pick<Transaction, 'claim' | 'oldestOpen' | 'deleteFinished'> => ({
  /** Rows that others are claiming now are left to them. */
  async claim(lane, batch, limit, now, behind) {
    bell.looking(lane);
    const few = unseen(limit);
    // Entries of rows that were claimed stay in the index until nobody can see those rows any more.
    const isBehind =
      behind === undefined
        ? sql`true`
        : sql`seq > coalesce((select seq from ${name} where lane = ${lane} and key = ${cleanText(behind)}), 0)`;
    const claimed = await sql<LaneRow>`
      with waiting as (
        select seq, lane, key from ${name} where lane = ${lane} and status = 'waiting'
        and ${isBehind} order by seq limit ${few} for update skip locked),
      due as (
        select seq, lane, key from ${name} where lane = ${lane} and status = 'later'
        and not_before <= ${Math.floor(now)}::bigint
        order by not_before, seq limit ${few} for update skip locked),
      oldest as (
        select * from waiting union all select * from due order by seq limit ${limit}::bigint),
      kept as (
        update ${name} as claimed set status = 'claimed', batch = ${batch}, not_before = null from oldest
        where claimed.lane = oldest.lane and claimed.key = oldest.key returning claimed.*)
      select ${row} from kept order by ${order}
    `.execute(db);
    return claimed.rows;
  },

  /** Rows are added in the order in which they were decided, near enough: the first few of each status are looked at. */
  async oldestOpen(lanes) {
    const oldest = await sql<{ lane: string; at: number }>`
      select lane, min(at)::float8 as at
      from unnest(${textArray(lanes)}::text[]) as lanes (lane)
      cross join unnest(${textArray(OPEN)}::text[]) as statuses (status)
      cross join lateral (
        select at from ${name} as open where open.lane = lanes.lane and open.status = statuses.status
        and open.status in (${sql.join(UNFINISHED.map((status) => sql.lit(status)))})
        order by seq limit ${LOOKED_AT}) as first
      group by lane
    `.execute(db);
    return oldest.rows;
  },

  async deleteFinished(before, limit) {
    const deleted = await sql<LaneRow>`
      with finished as (
        select lane, key from ${name} where status in ('done', 'failed') and at < ${Math.ceil(before)}::bigint
        order by at limit ${unseen(limit)} for update skip locked),
      oldest as (select * from finished limit ${limit}::bigint),
      kept as (
        delete from ${name} as gone using oldest
        where gone.lane = oldest.lane and gone.key = oldest.key returning gone.*)
      select ${row} from kept order by ${order}
    `.execute(db);
    return deleted.rows;
  },
});

/**
 * A limit that the planner does not see. Where its statistics say that no more rows than that fit, which they do
 * until a backlog is some minutes old, it reads and sorts all that fit. What is joined with them has the limit that
 * it sees.
 */
const unseen = (limit: number) => sql`(select ${limit}::bigint)`;
