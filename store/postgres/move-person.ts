/** Moves everything of one person to another, and remembers where they went. */
import { sql } from 'kysely';
import { merged, OF_PEOPLE, people } from '../tables/index.ts';
import { cleanText } from './json-text.ts';
import { type Db, sqlTable } from './sql-table.ts';
import { add } from './write-rows.ts';

export async function movePerson(db: Db, former: string, now: string): Promise<void> {
  const [from, into] = [cleanText(former), cleanText(now)];
  if (from === into) return;
  for (const table of OF_PEOPLE) {
    await sql`
      update ${sqlTable(table).name} set person = ${into} where person = ${from}
    `.execute(db);
  }
  const { name } = sqlTable(merged);
  // Who is there again is nobody else.
  await sql`delete from ${name} where id = ${into}`.execute(db);
  await sql`update ${name} set "into" = ${into} where "into" = ${from}`.execute(db);
  await add(db, merged, [{ id: from, into }]);
  await sql`delete from ${sqlTable(people).name} where id = ${from}`.execute(db);
}
