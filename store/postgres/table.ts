/**
 * A table as the queries see it: which field of a row stands in which column, and how many rows
 * travel as one JSON parameter, so that no statement grows with the number of rows.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { jsonText } from './json-text.ts';

/** The database inside or outside a transaction. Queries are `sql` templates, so it lists no tables. */
export type Db = Kysely<unknown>;

export type ColumnType = 'text' | 'bigint' | 'jsonb' | 'boolean' | 'double precision';
export type Fields<Row> = { readonly [field in keyof Row & string]-?: ColumnType };

export interface Table<Row> {
  /** `cultivo.people` */
  readonly name: RawBuilder<unknown>;
  readonly fields: Fields<Row>;
  /** `"id", "created_at"` */
  readonly columns: RawBuilder<unknown>;
  /** `"id", "created_at" as "createdAt"`: a whole row, as the port gives it. */
  readonly row: RawBuilder<unknown>;
}

export function table<Row>(name: string, fields: Fields<Row>): Table<Row> {
  const names = Object.keys(fields);
  return {
    name: sql.table(`cultivo.${name}`),
    fields,
    columns: sql.raw(names.map((field) => `"${columnOf(field)}"`).join(', ')),
    row: sql.raw(names.map((field) => `"${columnOf(field)}" as "${field}"`).join(', ')),
  };
}

/**
 * `json_to_recordset($1::json) as given("id" text, "createdAt" double precision)`. Instants are read
 * as numbers with fractions (a score falls below a threshold between two milliseconds) and rounded
 * when they are written.
 */
export function given<Row>(fields: Fields<Row>, rows: readonly Row[]): RawBuilder<unknown> {
  const columns = Object.entries<ColumnType>(fields).map(
    ([field, type]) => `"${field}" ${type === 'bigint' ? 'double precision' : type}`,
  );
  return sql`json_to_recordset(${jsonText(rows)}::json) as given(${sql.raw(columns.join(', '))})`;
}

/** `insert into cultivo.people ("id", …) select "id", … from json_to_recordset(…) …`, in the order of `rows`. */
export function insertInto<Row>(of: Table<Row>, rows: readonly Row[]): RawBuilder<unknown> {
  const fields = Object.keys(of.fields).map((field) => `given."${field}"`);
  return sql`insert into ${of.name} (${of.columns}) select ${sql.raw(fields.join(', '))} from ${given(of.fields, rows)}`;
}

/** The last row of each key: a statement may not touch the same row twice. */
export function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** All of the conditions, or everything where there is none. */
export function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
