/**
 * A declared table as SQL: which field of a row stands in which column, and how many rows travel as one
 * JSON parameter, so that no statement grows with the number of rows. Worked out once per table.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Where } from '../store.ts';
import type { AnyTable, ColumnType, Table } from '../table.ts';
import { cleanText, jsonText } from './json-text.ts';

/** The database inside or outside a transaction. Queries are `sql` templates, so it lists no tables. */
export type Db = Kysely<unknown>;
type Sql = RawBuilder<unknown>;

const known = new WeakMap<object, ReturnType<typeof workOut>>();

export function sqlTable<Row>(table: Table<Row>) {
  // A row of any table is columns by name.
  const its = known.get(table) ?? workOut(table as unknown as AnyTable);
  known.set(table, its);
  return its;
}

function workOut({ name, columns, key, updates, order }: AnyTable) {
  const fields = Object.keys(columns);
  const list = (of: readonly string[], write: (field: string) => string): Sql =>
    sql.raw(of.map(write).join(', '));
  const named = (field: string): string => `kept.${quoted(field)} as "${field}"`;
  const replacing = (field: string): string => `${quoted(field)} = excluded.${quoted(field)}`;
  const action = updates.length === 0 ? sql`nothing` : sql`update set ${list(updates, replacing)}`;
  return {
    /** `"cultivo"."people"` */
    name: sql.table(`cultivo.${name}`),
    /** `"id", "created_at"` */
    columns: list(fields, quoted),
    /** `given."id", given."createdAt"` */
    given: list(fields, (field) => `given."${field}"`),
    /** `kept."id" as "id", kept."created_at" as "createdAt"`: a whole row, as the port gives it. */
    row: list(fields, named),
    /** `kept."id" as "id", `: the key alone, with a comma after each column. */
    key: sql.raw(key.map((field) => `${named(field)}, `).join('')),
    /** `kept."id" = given."id"` */
    sameKey: sql.raw(key.map((field) => `kept.${quoted(field)} = given."${field}"`).join(' and ')),
    /** `kept."person", kept."at", kept."seq"` */
    order: list([...order, 'seq'], (field) => `kept.${quoted(field)}`),
    /** `on conflict ("id") do update set "zone" = excluded."zone"`; empty where rows have no key. */
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

/**
 * What the port's `where` is: `kept."person" = any($1::text[]) and kept."ended_at" is null`. Null: nothing
 * can fit, for a list is empty.
 */
export function conditionsOf<Row>({ columns, key }: Table<Row>, where: Where<Row>): Sql | null {
  const conditions: Sql[] = [];
  // The type of `where` lets it name nothing but columns.
  for (const field of Object.keys(where) as (keyof Row & string)[]) {
    const wanted: unknown = where[field];
    const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    if (values.length === 0) return null;
    const { type } = columns[field];
    conditions.push(condition(sql.raw(`kept.${quoted(field)}`), type, values, key.includes(field)));
  }
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function condition(column: Sql, type: ColumnType, values: readonly unknown[], isKey: boolean): Sql {
  const others = [...new Set(values)].filter((value) => value !== null).map(cleaned);
  if (others.length === 0) return sql`${column} is null`;
  // Instants are rounded as they are when they are written.
  const [cast, rounded] = type === 'bigint' ? ['double precision', 'bigint'] : [type, type];
  const list = sql`${others}${sql.raw(`::${cast}[]::${rounded}[]`)}`;
  const isOne =
    others.length === 1
      ? sql`${column} = ${others[0]}${sql.raw(`::${cast}::${rounded}`)}`
      : // From one row in a hundred on, the planner that knows how many keys there are reads the whole table.
        sql`${column} = any(${isKey ? sql`array(select unnest(${list}))` : list})`;
  return values.includes(null) ? sql`(${column} is null or ${isOne})` : isOne;
}

const cleaned = (value: unknown): unknown => (typeof value === 'string' ? cleanText(value) : value);

/** The same text for rows whose keys are the same to the database. */
export const keyOf =
  <Row>({ key }: Table<Row>) =>
  (row: Partial<Row>): string =>
    jsonText(key.map((column) => row[column]));

/** `"created_at"` */
export const quoted = (field: string): string =>
  `"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
