/** Events and the score that they made. */
import { sql } from 'kysely';
import type { EventRow, LeadScore, ScoreEntry } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { cleanText, textArray } from './json-text.ts';
import { allOf, insertInto, lastOfEach, type Db } from './table.ts';
import { events, leadScores, scoreEntries } from './tables.ts';

type Queries = Pick<
  Transaction,
  'addEvents' | 'events' | 'addScoreEntries' | 'scoreEntries' | 'putLeadScores' | 'leadScores'
>;

export function behaviourQueries(db: Db): Queries {
  return {
    addEvents: (rows) => addEvents(db, rows),
    async events(people, names) {
      if (people.length === 0 || names?.length === 0) return [];
      const conditions = [sql`person = any(${textArray(people)}::text[])`];
      if (names) conditions.push(sql`name = any(${textArray(names)}::text[])`);
      const found = await sql<EventRow>`
        select ${events.row} from ${events.name} where ${allOf(conditions)}
        order by person, at, seq
      `.execute(db);
      return found.rows;
    },
    async addScoreEntries(rows) {
      if (rows.length === 0) return;
      await sql`${insertInto(scoreEntries, rows)} on conflict do nothing`.execute(db);
    },
    async scoreEntries(people) {
      if (people.length === 0) return [];
      const found = await sql<ScoreEntry>`
        select ${scoreEntries.row} from ${scoreEntries.name}
        where person = any(${textArray(people)}::text[]) order by person, seq
      `.execute(db);
      return found.rows;
    },
    async putLeadScores(rows) {
      if (rows.length === 0) return;
      await sql`
        ${insertInto(
          leadScores,
          lastOfEach(rows, (row) => row.person),
        )}
        on conflict (person) do update
        set total = excluded.total, grade = excluded.grade, at = excluded.at
      `.execute(db);
    },
    async leadScores(people) {
      if (people.length === 0) return [];
      const found = await sql<LeadScore>`
        select ${leadScores.row} from ${leadScores.name}
        where person = any(${textArray(people)}::text[])
      `.execute(db);
      return found.rows;
    },
  };
}

async function addEvents(db: Db, rows: readonly EventRow[]): Promise<EventRow[]> {
  if (rows.length === 0) return [];
  const added = await sql<{ source: string; id: string }>`
    ${insertInto(events, rows)} on conflict do nothing returning source, id
  `.execute(db);
  const keys = new Set(added.rows.map(({ source, id }) => JSON.stringify([source, id])));
  // `delete` answers true once per key: of duplicates in one call, the first was added.
  return rows.filter(({ source, id }) =>
    keys.delete(JSON.stringify([cleanText(source), cleanText(id)])),
  );
}
