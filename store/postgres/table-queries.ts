/** The reads and writes of the port, of whatever table: each call is one statement. */
import { type RawBuilder, sql } from 'kysely';
import { changedColumns, eachOnce, wholeRows } from '../given-rows.ts';
import type { Transaction, Within } from '../store.ts';
import { type NewRow, pagedColumn, type Table } from '../table.ts';
import { cleanText } from './json-text.ts';
import { conditionsOf, type Db, givenRows, keyOf, quoted, sqlTable } from './sql-table.ts';

/** The one LISTEN/NOTIFY channel; its payload is the lane that got rows. */
export const LANES_CHANNEL = 'cultivo_lanes';

export type OfTables = 'find' | 'page' | 'count' | 'add' | 'change';

export const tableQueries = (db: Db): Pick<Transaction, OfTables> => ({
  async find(table, where) {
    const conditions = conditionsOf(table, where);
    if (conditions === null) return [];
    return select(db, table, sql`where ${conditions} order by ${sqlTable(table).order}`);
  },
  async page(table, { limit, after, where = {}, backwards = false }) {
    const conditions = conditionsOf(table, where);
    if (conditions === null) return [];
    const column = sql.raw(`kept.${quoted(pagedColumn(table))}`);
    const [direction, behind] = backwards ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
    const isBehind = after === undefined ? sql`true` : sql`${column} ${behind} ${cleanText(after)}`;
    return select(
      db,
      table,
      sql`where ${isBehind} and ${conditions} order by ${column} ${direction} limit ${limit}::bigint`,
    );
  },
  async count(table, by, where, within) {
    const conditions = conditionsOf(table, where);
    if (conditions === null) return [];
    const columns = by.map((field) => `kept.${quoted(field)}`);
    const values = by.map((field, index) => `${columns[index]} as "${field}", `).join('');
    // Of no columns there is one combination, as soon as there are rows. Never: whatever the port wants of a row.
    const counted = await sql<never>`
      select ${sql.raw(values)}count(*) as count from ${sqlTable(table).name} as kept
      where ${conditions} and ${isWithin(within)} group by ${sql.raw(columns.join(', ') || '()')} having count(*) > 0
    `.execute(db);
    return counted.rows;
  },

  add: (table, rows) => addRows(db, table, rows),
  async change(table, rows, only = {}) {
    const conditions = conditionsOf(table, only);
    if (rows.length === 0 || conditions === null) return;
    const changed = changedColumns(table, rows);
    if (changed.length === 0) return;
    const values = changed.map((field) => `${quoted(field)} = given."${field}"`);
    const distinct = eachOnce(rows, keyOf(table), changed);
    const given = givenRows(table, [...table.key, ...changed], distinct);
    const { name, sameKey } = sqlTable(table);
    await sql`
      update ${name} as kept set ${sql.raw(values.join(', '))}
      from ${given} where ${sameKey} and ${conditions}
    `.execute(db);
  },
});

const isWithin = <Row>(within: Within<Row> | undefined): RawBuilder<unknown> => {
  if (within === undefined) return sql`true`;
  const column = sql.raw(`kept.${quoted(within.column)}`);
  return sql`${column} >= ${within.from}::double precision and ${column} < ${within.to}::double precision`;
};

/** Whole rows of a table, which `rest` calls `kept`. */
async function select<Row>(db: Db, table: Table<Row>, rest: RawBuilder<unknown>): Promise<Row[]> {
  const { name, row } = sqlTable(table);
  const found = await sql<Row>`select ${row} from ${name} as kept ${rest}`.execute(db);
  return found.rows;
}

async function addRows<Row>(
  db: Db,
  table: Table<Row>,
  given: readonly NewRow<Row>[],
): Promise<Row[]> {
  if (given.length === 0) return [];
  const rows = wholeRows(table, given);
  const of = sqlTable(table);
  const fields = Object.keys(table.columns) as (keyof Row & string)[];
  const keyOfRow = keyOf(table);
  const distinct = table.key.length === 0 ? rows : eachOnce(rows, keyOfRow, table.updates);
  // A row that was there carries in `xmax` the lock under which it was changed.
  const written = await sql<Partial<Row> & { readonly isNew: boolean }>`
    insert into ${of.name} as kept (${of.columns})
    select ${of.given} from ${givenRows(table, fields, distinct)} ${of.onConflict}
    returning ${of.key} kept.xmax = 0 as "isNew" ${waking(table)}
  `.execute(db);
  if (table.key.length === 0) return [...rows];
  const fresh = new Set(written.rows.filter(({ isNew }) => isNew).map(keyOfRow));
  return distinct.filter((row) => fresh.has(keyOfRow(row)));
}

/** The database delivers each notification once, when, and only if, the transaction commits. */
function waking<Row>({ wakes }: Table<Row>): RawBuilder<unknown> {
  if (wakes === undefined) return sql``;
  return sql`, pg_notify(${LANES_CHANNEL}, ${sql.raw(`kept.${quoted(wakes)}`)})`;
}
