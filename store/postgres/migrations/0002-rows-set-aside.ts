/** Rows of lanes that are tried again later, are set aside, and are deleted some time after they are over. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  // Workers of the release before name neither column.
  `alter table cultivo.lane_rows
    add column attempts bigint not null default 0, add column not_before bigint`,
  `create index lane_rows_unfinished on cultivo.lane_rows (lane, status, seq)
    where status in ('waiting', 'claimed', 'later', 'aside')`,
  `create index lane_rows_later on cultivo.lane_rows (lane, not_before) where status = any (array['later'])`,
  `create index lane_rows_finished on cultivo.lane_rows (at) where status in ('done', 'failed')`,
  `drop index cultivo.lane_rows_open`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
