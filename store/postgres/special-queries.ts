/** What the port does beyond reading and writing whatever table: queries of their own. */
import { sql } from 'kysely';
import type { LaneBell } from '../lane-bell.ts';
import type { Transaction } from '../store.ts';
import * as tables from '../tables/index.ts';
import { cleanText, textArray } from './json-text.ts';
import { laneQueries } from './lane-queries.ts';
import { type Db, sqlTable } from './sql-table.ts';
import { type OfTables, tableQueries } from './table-queries.ts';

/** Keeps our advisory locks apart from those of others in the same database. */
const ADVISORY_SPACE = 0x6375_6c74;
/** Beyond every instant that a date can have. */
const FAR = 1e16;

/** @param alsoLocked names to be locked with whatever is locked. */
export const specialQueries = (
  db: Db,
  bell: LaneBell,
  alsoLocked: ReadonlySet<string>,
): Omit<Transaction, OfTables> => ({
  ...laneQueries(db, bell),

  /**
   * Row locks for people who exist. Whoever does not exist yet is locked through one of 1,024 advisory
   * locks (there are not enough of them for one each), then looked for again: they may have been added
   * while this transaction waited.
   */
  async lock(names, ofNobody = []) {
    const people = new Set([...names, ...alsoLocked]);
    const locked = new Set([...people, ...ofNobody]);
    const unknown = people.size === 0 ? [] : await lockPeople(db, textArray([...people]));
    const missing = [...unknown, ...textArray([...ofNobody])];
    if (missing.length === 0) return locked;
    await sql`
      select pg_advisory_xact_lock(${ADVISORY_SPACE}, bucket) from (
        select distinct hashtext(name) & 1023 as bucket from unnest(${missing}::text[]) as name order by 1
      ) as buckets
    `.execute(db);
    if (unknown.length > 0) await lockPeople(db, unknown);
    return locked;
  },

  async movePerson(former, now) {
    const [from, into] = [cleanText(former), cleanText(now)];
    if (from === into) return;
    for (const table of tables.OF_PEOPLE) {
      const { name } = sqlTable(table);
      await sql`update ${name} set person = ${into} where person = ${from}`.execute(db);
    }
    const { name } = sqlTable(tables.merged);
    // Who is there again is nobody else.
    await sql`delete from ${name} where id = ${into}`.execute(db);
    await sql`update ${name} set "into" = ${into} where "into" = ${from}`.execute(db);
    await tableQueries(db).add(tables.merged, [{ id: from, into }]);
    await sql`delete from ${sqlTable(tables.people).name} where id = ${from}`.execute(db);
    const pasts = sqlTable(tables.pasts).name;
    await sql`delete from ${pasts} where id in (${from}, ${into})`.execute(db);
  },

  /** Each person's events are looked up in an index, from the instant on: none before it is touched. */
  async findBehaviour(spans, names) {
    if (spans.length === 0) return [];
    const { name, row, order } = sqlTable(tables.events);
    const people = spans.map(({ person }) => cleanText(person));
    const after = spans.map((span) => bound(span.after, -FAR));
    const upTo = spans.map((span) => bound(span.upTo, FAR));
    const isNamed = names === undefined ? sql`true` : sql`name = any(${textArray(names)}::text[])`;
    // Of spans that overlap, each event once.
    const once = new Set(people).size < people.length ? sql`distinct on (span.seq)` : sql``;
    const found = await sql<tables.EventRow>`
      select ${row} from (
        select ${once} span.* from unnest(${people}::text[], ${after}::bigint[], ${upTo}::bigint[])
          as given(person, after, up_to), lateral (
            select * from ${name} where person = given.person and at > given.after
            and at <= given.up_to and ${isNamed}) as span
      ) as kept order by ${order}
    `.execute(db);
    return found.rows;
  },

  /** The journey's row stays locked until the transaction ends: nobody else is given these places. */
  async takePlaces(journey, size, count) {
    if (count === 0) return [];
    const { rows } = await sql<{ taken: number }>`
      insert into ${sqlTable(tables.places).name} as kept (journey, taken) values (${journey}, ${count})
      on conflict (journey) do update set taken = kept.taken + excluded.taken returning taken
    `.execute(db);
    const first = (rows[0]?.taken ?? count) - count;
    return Array.from({ length: count }, (_, index) => Math.floor((first + index) / size));
  },

  async countMessages(people, channel, messageClass, since) {
    if (people.length === 0) return [];
    const counted = await sql<{ person: string; count: number; oldest: number }>`
      select person, count(*) as count, min(at) as oldest from ${sqlTable(tables.messages).name}
      where person = any(${textArray(people)}::text[]) and channel = ${channel}
      and class = ${messageClass} and at >= ${Math.ceil(since)}::bigint
      and status <> all(${tables.REACHED_NOBODY}::text[]) group by person
    `.execute(db);
    return counted.rows;
  },
});

/** Stored instants are whole. */
const bound = (at: number | undefined, otherwise: number): number =>
  at === undefined || !Number.isFinite(at) ? otherwise : Math.floor(at);

/** Locks those who exist and answers with the others. */
async function lockPeople(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const locked = await sql<{ id: string }>`
    select id from ${sqlTable(tables.people).name} where id = any(${ids}::text[]) order by id for update
  `.execute(db);
  const found = new Set(locked.rows.map(({ id }) => id));
  return ids.filter((id) => !found.has(id));
}
