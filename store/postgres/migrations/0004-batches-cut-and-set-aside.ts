/** Since when rows of lanes fail while others do not, and rows in batches that were never sent. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `alter table cultivo.lane_rows add column since bigint`,
  `drop index cultivo.lane_rows_unfinished`,
  `create index lane_rows_unfinished on cultivo.lane_rows (lane, status, seq)
    where status in ('waiting', 'claimed', 'parted', 'later', 'aside')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
