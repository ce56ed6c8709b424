/** Holds what the migrations make of a database to what the tables declare. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyTable } from '../../table.ts';
import { TABLES } from '../../tables/index.ts';
import { openPglite } from '../open-pglite.ts';
import type { OpenDatabase } from '../postgres-store.ts';

describe('the migrated schema', () => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await openPglite(undefined);
  });
  afterAll(() => opened.close());

  const ask = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    (await query.execute(opened.db)).rows;

  test('has the declared tables and no others', async () => {
    const found = await ask(sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'cultivo' and table_name not like 'kysely%' order by 1`);
    expect(found.map(({ name }) => name)).toEqual(TABLES.map(({ name }) => name).sort());
  });

  test.each(TABLES.map((table) => [table.name, table] as const))(
    '%s: columns',
    async (name, table) => {
      const found = await ask(sql<{ column: string }>`
      select column_name as column, data_type as type, is_nullable = 'YES' as nullable,
        collation_name as collation from information_schema.columns
      where table_schema = 'cultivo' and table_name = ${name} order by ordinal_position`);
      const declared = Object.entries(table.columns).map(([field, { type, nullable }]) => ({
        column: snakeCase(field),
        type,
        nullable,
        collation: type === 'text' ? 'C' : null,
      }));
      const seq = { column: 'seq', type: 'bigint', nullable: false, collation: null };
      expect(found).toEqual([seq, ...declared]);
    },
  );

  test.each(TABLES.map((table) => [table.name, table] as const))(
    '%s: key and indexes',
    async (name, table) => {
      const found = await ask(sql<{ name: string }>`
      select relname as name, indisunique as unique, pg_get_expr(indpred, indrelid) as when,
        array(select pg_get_indexdef(indexrelid, place, true) from generate_series(1, indnatts) as place) as on
      from pg_index join pg_class on pg_class.oid = indexrelid
      where indrelid = ${`cultivo.${name}`}::regclass order by relname`);
      expect(found).toEqual(indexesOf(table).sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
  );

  test('leaves room in pages of enrolments for those who move on', async () => {
    const [found] = await ask(sql<{ options: string[] }>`
      select reloptions as options from pg_class where oid = 'cultivo.enrolments'::regclass`);
    expect(found?.options).toEqual(['fillfactor=70']);
  });
});

function indexesOf({ name, key, indexes }: AnyTable) {
  const primary = { name: `${name}_pkey`, unique: true, when: null, on: key.map(quoted) };
  const declared = Object.entries(indexes).map(([index, { on, unique = false, when }]) => ({
    name: `${name}_${snakeCase(index)}`,
    unique,
    when: when === undefined ? null : predicateOf(when),
    on: on.map(quoted),
  }));
  return key.length === 0 ? declared : [primary, ...declared];
}

/** In Postgres's own words: `(status = ANY (ARRAY['live'::text, 'parked'::text]))`. */
function predicateOf(when: object): string {
  const conditions = Object.entries(when).map(([field, values]: [string, readonly string[]]) => {
    const texts = values.map((value) => `'${value}'::text`).join(', ');
    return `(${quoted(field)} = ANY (ARRAY[${texts}]))`;
  });
  return conditions.join(' AND ');
}

/** Postgres quotes names where it has to. */
const quoted = (field: string): string => (field === 'into' ? '"into"' : snakeCase(field));

const snakeCase = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
