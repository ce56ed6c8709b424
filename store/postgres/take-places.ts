/** Gives out the places of a journey's cohorts, each of them once. */
import { sql } from 'kysely';
import { places } from '../tables/index.ts';
import { type Db, sqlTable } from './sql-table.ts';

/** The journey's row stays locked until the transaction ends: nobody else is given these places. */
export async function takePlaces(
  db: Db,
  journey: string,
  size: number,
  count: number,
): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ taken: number }>`
    insert into ${sqlTable(places).name} as kept (journey, taken) values (${journey}, ${count})
    on conflict (journey) do update set taken = kept.taken + excluded.taken returning taken
  `.execute(db);
  const first = (rows[0]?.taken ?? count) - count;
  return Array.from({ length: count }, (_, index) => Math.floor((first + index) / size));
}
