/** The decision ledger and the messages that were let through. */
import { sql } from 'kysely';
import type { Json } from '../../dsl/plan.ts';
import type { Decision, Message, MessageStatus } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { textArray } from './json-text.ts';
import { allOf, given, insertInto, lastOfEach, type Db, type Fields } from './table.ts';
import { decisions, messages } from './tables.ts';

type Queries = Pick<
  Transaction,
  | 'decisions'
  | 'addDecisions'
  | 'addMessages'
  | 'messages'
  | 'countMessages'
  | 'putRendered'
  | 'putMessageOutcomes'
>;

interface Outcome {
  readonly key: string;
  readonly status: MessageStatus;
  readonly code: string | null;
  readonly providerId: string | null;
}
const OUTCOME: Fields<Outcome> = { key: 'text', status: 'text', code: 'text', providerId: 'text' };
const RENDERED: Fields<{ key: string; rendered: Json }> = { key: 'text', rendered: 'jsonb' };

export function messageQueries(db: Db): Queries {
  return {
    async decisions({ keys, runs, journey, people }) {
      if ([keys, runs, people].some((list) => list?.length === 0)) return [];
      const conditions = [];
      if (keys) conditions.push(sql`key = any(${textArray(keys)}::text[])`);
      if (runs) conditions.push(sql`run = any(${textArray(runs)}::text[])`);
      if (people) conditions.push(sql`person = any(${textArray(people)}::text[])`);
      if (journey !== undefined) conditions.push(sql`journey = ${journey}`);
      const found = await sql<Decision>`
        select ${decisions.row} from ${decisions.name} where ${allOf(conditions)} order by at, seq
      `.execute(db);
      return found.rows;
    },
    async addDecisions(rows) {
      if (rows.length === 0) return;
      await sql`${insertInto(decisions, rows)} on conflict do nothing`.execute(db);
    },
    async addMessages(rows) {
      if (rows.length === 0) return;
      await sql`${insertInto(messages, rows)} on conflict do nothing`.execute(db);
    },
    async messages({ keys, people, since }) {
      if (keys?.length === 0 || people?.length === 0) return [];
      const conditions = [];
      if (keys) conditions.push(sql`key = any(${textArray(keys)}::text[])`);
      if (people) conditions.push(sql`person = any(${textArray(people)}::text[])`);
      if (since !== undefined) conditions.push(sql`at >= ${Math.ceil(since)}::bigint`);
      const found = await sql<Message>`
        select ${messages.row} from ${messages.name} where ${allOf(conditions)} order by at, seq
      `.execute(db);
      return found.rows;
    },
    async countMessages(people, channel, messageClass, since) {
      if (people.length === 0) return [];
      const found = await sql<{ person: string; count: number; oldest: number }>`
        select person, count(*) as count, min(at) as oldest from ${messages.name}
        where person = any(${textArray(people)}::text[]) and channel = ${channel}
        and class = ${messageClass} and at >= ${Math.ceil(since)}::bigint
        and status not in ('refused', 'withheld') group by person
      `.execute(db);
      return found.rows;
    },
    async putRendered(rows) {
      if (rows.length === 0) return;
      await sql`
        update ${messages.name} as kept set rendered = given.rendered
        from ${given(
          RENDERED,
          lastOfEach(rows, (row) => row.key),
        )} where kept.key = given.key
      `.execute(db);
    },
    async putMessageOutcomes(rows) {
      if (rows.length === 0) return;
      await sql`
        update ${messages.name} as kept
        set status = given.status, code = given.code, provider_id = given."providerId"
        from ${given(
          OUTCOME,
          lastOfEach(rows, (row) => row.key),
        )} where kept.key = given.key
      `.execute(db);
    },
  };
}
