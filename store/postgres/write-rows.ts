/** The writes of the port, to whatever table: each call is one statement. */
import { sql } from 'kysely';
import { changedColumns } from '../changed-columns.ts';
import { lastOfEach, withColumns } from '../each-once.ts';
import type { Where } from '../store.ts';
import type { Table } from '../table.ts';
import { conditionsOf } from './conditions.ts';
import { LANES_CHANNEL } from './lanes-channel.ts';
import { type Db, givenRows, keyOf, quoted, sameKey, type Sql, sqlTable } from './sql-table.ts';

export async function add<Row>(db: Db, table: Table<Row>, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const of = sqlTable(table);
  const fields = Object.keys(table.columns) as (keyof Row & string)[];
  const distinct = table.key.length === 0 ? rows : eachOnce(table, rows);
  // A row that was there carries in `xmax` the lock under which it was changed.
  const written = await sql<Partial<Row> & { readonly isNew: boolean }>`
    insert into ${of.name} as kept (${of.columns})
    select ${of.given} from ${givenRows(table, fields, distinct)} ${of.onConflict}
    returning ${of.key} kept.xmax = 0 as "isNew" ${waking(table)}
  `.execute(db);
  if (table.key.length === 0) return [...rows];
  const keyOfRow = keyOf(table);
  const fresh = new Set(written.rows.filter(({ isNew }) => isNew).map(keyOfRow));
  return distinct.filter((row) => fresh.has(keyOfRow(row)));
}

/** The database delivers each notification once, when, and only if, the transaction commits. */
function waking<Row>({ wakes }: Table<Row>): Sql {
  if (wakes === undefined) return sql``;
  return sql`, pg_notify(${LANES_CHANNEL}, ${sql.raw(`kept.${quoted(wakes)}`)})`;
}

/** A row as it is after all of those with its key, for a statement may touch it once. */
function eachOnce<Row>(table: Table<Row>, rows: readonly Row[]): readonly Row[] {
  const { known } = table;
  const keyOfRow = keyOf(table);
  const once = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOfRow(row);
    const before = once.get(key);
    if (before === undefined) once.set(key, row);
    else if (known !== 'kept') once.set(key, withColumns(before, known, row));
  }
  return [...once.values()];
}

export async function change<Row>(
  db: Db,
  table: Table<Row>,
  rows: readonly Partial<Row>[],
  only: Where<Row> = {},
): Promise<void> {
  const conditions = conditionsOf(table, only);
  if (rows.length === 0 || conditions === null) return;
  const changed = changedColumns(table, rows);
  if (changed.length === 0) return;
  const values = changed.map((field) => `${quoted(field)} = given."${field}"`);
  const of = sqlTable(table);
  const given = givenRows(table, [...table.key, ...changed], lastOfEach(rows, keyOf(table)));
  await sql`
    update ${of.name} as kept set ${sql.raw(values.join(', '))}
    from ${given} where ${sameKey(table)} and ${conditions}
  `.execute(db);
}
