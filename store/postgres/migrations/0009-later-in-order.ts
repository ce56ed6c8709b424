/** Rows of one instant that were put off come to their lane in the order of arrival. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `drop index cultivo.lane_rows_later`,
  `create index lane_rows_later on cultivo.lane_rows (lane, not_before, seq) where status = any (array['later'])`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
