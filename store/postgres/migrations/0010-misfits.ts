/** What did not fit of what came in is kept beside it. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `create table cultivo.misfits (
    seq bigserial, source text collate "C" not null, id text collate "C" not null,
    person text collate "C" not null, at bigint not null, name text collate "C" not null,
    path text collate "C" not null, expected text collate "C" not null,
    received text collate "C" not null, fix text collate "C",
    primary key (source, id, path))`,
  `create index misfits_person on cultivo.misfits (person)`,
  `create index misfits_at on cultivo.misfits (at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
