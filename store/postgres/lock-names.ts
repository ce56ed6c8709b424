/**
 * Row locks for people who exist. Whoever does not exist yet is locked through one of 1,024 advisory
 * locks (there are not enough of them for one each), then looked for again: they may have been added
 * while this transaction waited.
 */
import { sql } from 'kysely';
import { people } from '../tables/index.ts';
import { textArray } from './json-text.ts';
import { type Db, sqlTable } from './sql-table.ts';

/** Keeps our advisory locks apart from those of others in the same database. */
const ADVISORY_SPACE = 0x6375_6c74;

export async function lockNames(db: Db, names: readonly string[]): Promise<void> {
  const missing = await lockRows(db, textArray(names));
  if (missing.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(${ADVISORY_SPACE}, bucket) from (
      select distinct hashtext(name) & 1023 as bucket from unnest(${missing}::text[]) as name order by 1
    ) as buckets
  `.execute(db);
  await lockRows(db, missing);
}

/** Answers with those who do not exist. */
async function lockRows(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const locked = await sql<{ id: string }>`
    select id from ${sqlTable(people).name} where id = any(${ids}::text[]) order by id for update
  `.execute(db);
  const found = new Set(locked.rows.map(({ id }) => id));
  return ids.filter((id) => !found.has(id));
}
