/** Empties every table of an open database, for the next test. */
import { sql } from 'kysely';
import type { Db } from '../postgres/sql-table.ts';

export async function emptyTables(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'cultivo' and table_name not like 'kysely%'
  `.execute(db);
  const names = rows.map(({ name }) => `cultivo.${name}`).join(', ');
  await sql.raw(`truncate ${names} restart identity`).execute(db);
}
