/** What the local pipeline keeps. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `create table cultivo.local_pipeline (
    seq bigserial, id text collate "C" primary key, kind text collate "C" not null,
    content jsonb not null)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
