/** The reads of the port, of whatever table. */
import { sql } from 'kysely';
import { lastOfEach } from '../each-once.ts';
import { pagedColumn } from '../paged-column.ts';
import type { Where } from '../store.ts';
import type { Table } from '../table.ts';
import { conditionsOf } from './conditions.ts';
import { cleanText } from './json-text.ts';
import { type Db, givenRows, keyOf, quoted, sameKey, sqlTable } from './sql-table.ts';

export async function find<Row>(db: Db, table: Table<Row>, where: Where<Row>): Promise<Row[]> {
  const conditions = conditionsOf(table, where);
  if (conditions === null) return [];
  const { name, row, order } = sqlTable(table);
  const found = await sql<Row>`
    select ${row} from ${name} as kept where ${conditions} order by ${order}
  `.execute(db);
  return found.rows;
}

export async function get<Row>(
  db: Db,
  table: Table<Row>,
  keys: readonly Partial<Row>[],
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const { name, row, order } = sqlTable(table);
  const wanted = givenRows(table, table.key, lastOfEach(keys, keyOf(table)));
  const found = await sql<Row>`
    select ${row} from ${wanted} join ${name} as kept on ${sameKey(table)} order by ${order}
  `.execute(db);
  return found.rows;
}

export async function page<Row>(
  db: Db,
  table: Table<Row>,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Row[]> {
  const { name, row } = sqlTable(table);
  const column = sql.raw(`kept.${quoted(pagedColumn(table))}`);
  const isBehind = after === undefined ? sql`true` : sql`${column} > ${cleanText(after)}`;
  const found = await sql<Row>`
    select ${row} from ${name} as kept where ${isBehind} order by ${column} limit ${limit}::bigint
  `.execute(db);
  return found.rows;
}

export async function count<Row, N extends keyof Row & string>(
  db: Db,
  table: Table<Row>,
  by: readonly N[],
  where: Where<Row>,
): Promise<(Pick<Row, N> & { readonly count: number })[]> {
  const conditions = conditionsOf(table, where);
  if (conditions === null) return [];
  const columns = by.map((field) => `kept.${quoted(field)}`);
  const values = by.map((field, index) => `${columns[index]} as "${field}", `).join('');
  // Of no columns there is one combination, as soon as there are rows.
  const counted = await sql<Pick<Row, N> & { readonly count: number }>`
    select ${sql.raw(values)}count(*) as count from ${sqlTable(table).name} as kept
    where ${conditions} group by ${sql.raw(columns.join(', ') || '()')} having count(*) > 0
  `.execute(db);
  return counted.rows;
}
