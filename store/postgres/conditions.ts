/** What the port's `where` is in SQL: `kept."person" = any($1::text[]) and kept."ended_at" is null`. */
import { sql } from 'kysely';
import type { Where } from '../store.ts';
import type { ColumnType, Table } from '../table.ts';
import { cleanText } from './json-text.ts';
import { quoted, type Sql } from './sql-table.ts';

/** Null: nothing can fit, for a list is empty. */
export function conditionsOf<Row>({ columns }: Table<Row>, where: Where<Row>): Sql | null {
  const conditions: Sql[] = [];
  // The type of `where` lets it name nothing but columns.
  for (const field of Object.keys(where) as (keyof Row & string)[]) {
    const wanted: unknown = where[field];
    const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    if (values.length === 0) return null;
    conditions.push(condition(sql.raw(`kept.${quoted(field)}`), columns[field].type, values));
  }
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function condition(column: Sql, type: ColumnType, values: readonly unknown[]): Sql {
  const others = [...new Set(values)].filter((value) => value !== null).map(cleaned);
  if (others.length === 0) return sql`${column} is null`;
  // Instants are rounded as they are when they are written.
  const [cast, rounded] = type === 'bigint' ? ['double precision', 'bigint'] : [type, type];
  const isOne =
    others.length === 1
      ? sql`${column} = ${others[0]}${sql.raw(`::${cast}::${rounded}`)}`
      : sql`${column} = any(${others}${sql.raw(`::${cast}[]::${rounded}[]`)})`;
  return values.includes(null) ? sql`(${column} is null or ${isOne})` : isOne;
}

const cleaned = (value: unknown): unknown => (typeof value === 'string' ? cleanText(value) : value);
