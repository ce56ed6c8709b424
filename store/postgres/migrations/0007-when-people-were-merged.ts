/** When people turned out to be somebody else. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  // Workers of the release before do not name it.
  `alter table cultivo.merged add column at bigint`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
