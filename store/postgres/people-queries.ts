/** People, their identities and their locks. */
import { sql } from 'kysely';
import type { Identity, Person } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { textArray } from './json-text.ts';
import { mergePeople } from './merge-people.ts';
import { given, insertInto, lastOfEach, type Db } from './table.ts';
import { identities, people } from './tables.ts';

type Queries = Pick<
  Transaction,
  'lock' | 'people' | 'putPeople' | 'identities' | 'identitiesOf' | 'putIdentities' | 'mergePeople'
>;

export function peopleQueries(db: Db): Queries {
  return {
    lock: (ids) => lock(db, ids),
    async people(ids) {
      if (ids.length === 0) return [];
      const found = await sql<Person>`
        select ${people.row} from ${people.name} where id = any(${textArray(ids)}::text[])
      `.execute(db);
      return found.rows;
    },
    async putPeople(rows) {
      if (rows.length === 0) return;
      await sql`
        ${insertInto(
          people,
          lastOfEach(rows, (row) => row.id),
        )}
        on conflict (id) do update set profile = excluded.profile, zone = excluded.zone
      `.execute(db);
    },
    async identities(wanted) {
      if (wanted.length === 0) return [];
      const found = await sql<Identity>`
        select distinct ${identities.row} from ${identities.name}
        join ${given({ wantedKind: 'text', wantedValue: 'text' }, wanted.map(wantedIdentity))}
        on kind = "wantedKind" and value = "wantedValue"
      `.execute(db);
      return found.rows;
    },
    async identitiesOf(ids) {
      if (ids.length === 0) return [];
      const found = await sql<Identity>`
        select ${identities.row} from ${identities.name}
        where person = any(${textArray(ids)}::text[])
      `.execute(db);
      return found.rows;
    },
    async putIdentities(rows) {
      if (rows.length === 0) return;
      await sql`
        ${insertInto(
          identities,
          lastOfEach(rows, ({ kind, value }) => `${kind} ${value}`),
        )}
        on conflict (kind, value) do update set person = excluded.person
      `.execute(db);
    },
    mergePeople: (from, into) => mergePeople(db, from, into),
  };
}

function wantedIdentity({ kind, value }: Pick<Identity, 'kind' | 'value'>) {
  return { wantedKind: kind, wantedValue: value };
}

/**
 * Row locks for people who exist. Whoever does not exist yet is locked through one of 1,024 advisory
 * locks (there are not enough of them for one each), then looked for again: they may have been added
 * while this transaction waited.
 */
async function lock(db: Db, ids: readonly string[]): Promise<void> {
  const wanted = textArray(ids);
  const missing = await lockRows(db, wanted);
  if (missing.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(${ADVISORY_SPACE}, bucket) from (
      select distinct hashtext(id) & 1023 as bucket from unnest(${missing}::text[]) as id order by 1
    ) as buckets
  `.execute(db);
  await lockRows(db, missing);
}

/** Keeps our advisory locks apart from those of others in the same database. */
const ADVISORY_SPACE = 0x6375_6c74;

async function lockRows(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const locked = await sql<{ id: string }>`
    select id from ${people.name} where id = any(${ids}::text[]) order by id for update
  `.execute(db);
  const found = new Set(locked.rows.map(({ id }) => id));
  return ids.filter((id) => !found.has(id));
}
