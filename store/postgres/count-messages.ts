/** Counts the messages that caps count. */
import { sql } from 'kysely';
import type { Transaction } from '../store.ts';
import { messages, REACHED_NOBODY } from '../tables/index.ts';
import { textArray } from './json-text.ts';
import { type Db, sqlTable } from './sql-table.ts';

export async function countMessages(
  db: Db,
  ...[people, channel, messageClass, since]: Parameters<Transaction['countMessages']>
): ReturnType<Transaction['countMessages']> {
  if (people.length === 0) return [];
  const counted = await sql<{ person: string; count: number; oldest: number }>`
    select person, count(*) as count, min(at) as oldest from ${sqlTable(messages).name}
    where person = any(${textArray(people)}::text[]) and channel = ${channel}
    and class = ${messageClass} and at >= ${Math.ceil(since)}::bigint
    and status <> all(${REACHED_NOBODY}::text[]) group by person
  `.execute(db);
  return counted.rows;
}
