/** Moves everything of one person to another; rows that would be there twice are dropped. */
import { sql } from 'kysely';
import type { Db, Table } from './table.ts';
import {
  consents,
  decisions,
  enrolments,
  events,
  identities,
  laneRows,
  leadScores,
  messages,
  people,
  scoreEntries,
  suppressions,
} from './tables.ts';

/** Those whose unique key does not hold the person: they only change hands. */
const MOVED: readonly Pick<Table<unknown>, 'name'>[] = [
  identities,
  events,
  scoreEntries,
  consents,
  suppressions,
  enrolments,
  decisions,
  messages,
  laneRows,
];

export async function mergePeople(db: Db, from: string, into: string): Promise<void> {
  if (from === into) return;
  // Two live runs in one journey become one: the older goes on, of equals the one of `into`.
  await sql`
    update ${enrolments.name} set status = 'merged' where id in (
      select case when mine.entered_at < theirs.entered_at then theirs.id else mine.id end
      from ${enrolments.name} as mine join ${enrolments.name} as theirs using (journey)
      where mine.person = ${from} and mine.status = 'live'
      and theirs.person = ${into} and theirs.status = 'live')
  `.execute(db);
  await sql`
    delete from ${scoreEntries.name} as mine using ${scoreEntries.name} as theirs
    where mine.person = ${from} and theirs.person = ${into} and mine.source = theirs.source
    and mine.event = theirs.event and mine.rule = theirs.rule
  `.execute(db);
  for (const { name } of MOVED) {
    await sql`update ${name} set person = ${into} where person = ${from}`.execute(db);
  }
  await sql`delete from ${leadScores.name} where person = ${from}`.execute(db);
  await sql`delete from ${people.name} where id = ${from}`.execute(db);
}
