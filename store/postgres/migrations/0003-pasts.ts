/** What long pasts come to, and the index by which the rest of them is read. */
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create index events_moments on cultivo.events (person, at)`,
  `create table cultivo.pasts (
    seq bigserial, id text collate "C" primary key, answers jsonb not null,
    checkpoints jsonb not null)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
