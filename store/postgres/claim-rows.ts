/** Claims waiting rows of a lane: those that others are claiming now are left to them. */
import { sql } from 'kysely';
import { type LaneRow, laneRows } from '../tables/index.ts';
import { type Db, sqlTable } from './sql-table.ts';

export async function claimRows(
  db: Db,
  lane: string,
  batch: string,
  limit: number,
): Promise<LaneRow[]> {
  const { name, row, order } = sqlTable(laneRows);
  const claimed = await sql<LaneRow>`
    with oldest as (
      select seq, lane, key from ${name} where lane = ${lane} and status = 'waiting'
      order by seq limit ${limit}::bigint for update skip locked),
    kept as (
      update ${name} as claimed set status = 'claimed', batch = ${batch} from oldest
      where claimed.lane = oldest.lane and claimed.key = oldest.key returning claimed.*)
    select ${row} from kept order by ${order}
  `.execute(db);
  return claimed.rows;
}
