/** Consents and suppressions: what a person allowed, and where nothing may be sent at all. */
import { sql } from 'kysely';
import type { Consent, Suppression } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { textArray } from './json-text.ts';
import { insertInto, type Db } from './table.ts';
import { consents, suppressions } from './tables.ts';

type Queries = Pick<Transaction, 'addConsents' | 'consents' | 'addSuppressions' | 'suppressions'>;

export function permissionQueries(db: Db): Queries {
  return {
    async addConsents(rows) {
      if (rows.length === 0) return;
      await insertInto(consents, rows).execute(db);
    },
    async consents(people) {
      if (people.length === 0) return [];
      const found = await sql<Consent>`
        select distinct on (person, topic) ${consents.row} from ${consents.name}
        where person = any(${textArray(people)}::text[])
        order by person, topic, at desc, seq desc
      `.execute(db);
      return found.rows;
    },
    async addSuppressions(rows) {
      if (rows.length === 0) return;
      await insertInto(suppressions, rows).execute(db);
    },
    async suppressions(people) {
      if (people.length === 0) return [];
      const found = await sql<Suppression>`
        select ${suppressions.row} from ${suppressions.name}
        where person = any(${textArray(people)}::text[]) order by seq
      `.execute(db);
      return found.rows;
    },
  };
}
