/**
 * A declared table as SQL: which field of a row stands in which column, and how many rows travel as one
 * JSON parameter, so that no statement grows with the number of rows. Worked out once per table.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AnyTable, Table } from '../table.ts';
import { jsonText } from './json-text.ts';

/** The database inside or outside a transaction. Queries are `sql` templates, so it lists no tables. */
export type Db = Kysely<unknown>;
export type Sql = RawBuilder<unknown>;

export interface SqlTable {
  /** `"cultivo"."people"` */
  readonly name: Sql;
  /** `"id", "created_at"` */
  readonly columns: Sql;
  /** `given."id", given."createdAt"` */
  readonly given: Sql;
  /** `kept."id" as "id", kept."created_at" as "createdAt"`: a whole row, as the port gives it. */
  readonly row: Sql;
  /** `kept."id" as "id", `: the key alone, with a comma after each column. */
  readonly key: Sql;
  /** `kept."person", kept."at", kept."seq"` */
  readonly order: Sql;
  /** `on conflict ("id") do update set "zone" = excluded."zone"`; empty where rows have no key. */
  readonly onConflict: Sql;
}

const known = new WeakMap<object, SqlTable>();

export function sqlTable<Row>(table: Table<Row>): SqlTable {
  const before = known.get(table);
  if (before !== undefined) return before;
  // A row of any table is columns by name.
  const fresh = workOut(table as unknown as AnyTable);
  known.set(table, fresh);
  return fresh;
}

function workOut({ name, columns, key, known: what, order }: AnyTable): SqlTable {
  const fields = Object.keys(columns);
  const list = (of: readonly string[], write: (field: string) => string): Sql =>
    sql.raw(of.map(write).join(', '));
  const named = (field: string): string => `kept.${quoted(field)} as "${field}"`;
  const replacing = (field: string): string => `${quoted(field)} = excluded.${quoted(field)}`;
  const action = what === 'kept' ? sql`nothing` : sql`update set ${list(what, replacing)}`;
  return {
    name: sql.table(`cultivo.${name}`),
    columns: list(fields, quoted),
    given: list(fields, (field) => `given."${field}"`),
    row: list(fields, named),
    key: sql.raw(key.map((field) => `${named(field)}, `).join('')),
    order: list([...order, 'seq'], (field) => `kept.${quoted(field)}`),
    onConflict: key.length === 0 ? sql`` : sql`on conflict (${list(key, quoted)}) do ${action}`,
  };
}

/**
 * `json_to_recordset($1::json) as given("id" text, "createdAt" double precision)`. Instants are read
 * as numbers with fractions (a score falls below a threshold between two milliseconds) and rounded
 * when they are written.
 */
export function givenRows<Row>(
  { columns }: Table<Row>,
  fields: readonly (keyof Row & string)[],
  rows: readonly Partial<Row>[],
): Sql {
  const typed = fields.map((field) => {
    const { type } = columns[field];
    return `"${field}" ${type === 'bigint' ? 'double precision' : type}`;
  });
  return sql`json_to_recordset(${jsonText(rows)}::json) as given(${sql.raw(typed.join(', '))})`;
}

/** The same text for rows whose keys are the same to the database. */
export const keyOf =
  <Row>({ key }: Table<Row>) =>
  (row: Partial<Row>): string =>
    jsonText(key.map((column) => row[column]));

/** `kept."id" = given."id"` */
export const sameKey = <Row>({ key }: Table<Row>): Sql =>
  sql.raw(key.map((field) => `kept.${quoted(field)} = given."${field}"`).join(' and '));

/** `"created_at"` */
export const quoted = (field: string): string =>
  `"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
