/** What the local inbox and outbox keep. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `create table cultivo.local_deliveries (
    seq bigserial, id text collate "C" primary key, channel text collate "C" not null,
    content jsonb not null)`,
  `create index local_deliveries_channel on cultivo.local_deliveries (channel)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
