/** Records in the CRM that were made for somebody who was merged with another. */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  // Workers of the release before do not name it.
  `alter table cultivo.crm_links add column made_as text collate "C"`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
