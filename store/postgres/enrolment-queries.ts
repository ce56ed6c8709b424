/** Who is in which journey and where they stand. */
import { sql } from 'kysely';
import type { StepId } from '../../dsl/plan.ts';
import { LiveRunError } from '../live-run-error.ts';
import type { Enrolment } from '../rows.ts';
import type { EnrolmentFilter, Position, Transaction } from '../store.ts';
import { textArray } from './json-text.ts';
import { allOf, given, insertInto, lastOfEach, type Db, type Fields } from './table.ts';
import { enrolments } from './tables.ts';

type Queries = Pick<
  Transaction,
  'takePlaces' | 'addEnrolments' | 'enrolments' | 'putPositions' | 'countSteps'
>;

const POSITION: Fields<Position> = {
  run: 'text',
  status: 'text',
  step: 'text',
  since: 'bigint',
  endedAt: 'bigint',
  error: 'text',
};

export function enrolmentQueries(db: Db): Queries {
  return {
    takePlaces: (journey, size, count) => takePlaces(db, journey, size, count),
    addEnrolments: (rows) => addEnrolments(db, rows),
    async enrolments(where) {
      if (where.ids?.length === 0 || where.people?.length === 0) return [];
      const found = await sql<Enrolment>`
        select ${enrolments.row} from ${enrolments.name} where ${matching(where)} order by seq
      `.execute(db);
      return found.rows;
    },
    async putPositions(rows) {
      if (rows.length === 0) return;
      await sql`
        update ${enrolments.name} as kept
        set status = given.status, step = given.step, since = given.since,
          ended_at = given."endedAt", error = given.error
        from ${given(
          POSITION,
          lastOfEach(rows, (row) => row.run),
        )} where kept.id = given.run
      `.execute(db);
    },
    async countSteps(journey) {
      const found = await sql<{ step: StepId | null; count: number }>`
        select step, count(*) as count from ${enrolments.name}
        where journey = ${journey} and status = 'live' group by step
      `.execute(db);
      return found.rows;
    },
  };
}

function matching({ ids, people, journey, status, step }: EnrolmentFilter) {
  const conditions = [];
  if (ids) conditions.push(sql`id = any(${textArray(ids)}::text[])`);
  if (people) conditions.push(sql`person = any(${textArray(people)}::text[])`);
  if (journey !== undefined) conditions.push(sql`journey = ${journey}`);
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (step !== undefined) conditions.push(sql`step = ${step}`);
  return allOf(conditions);
}

/** The journey's row stays locked until the transaction ends: nobody else is given these places. */
async function takePlaces(db: Db, journey: string, size: number, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ taken: number }>`
    insert into cultivo.cohort_places as kept (journey, taken) values (${journey}, ${count})
    on conflict (journey) do update set taken = kept.taken + excluded.taken returning taken
  `.execute(db);
  const first = (rows[0]?.taken ?? count) - count;
  return Array.from({ length: count }, (_, index) => Math.floor((first + index) / size));
}

async function addEnrolments(db: Db, rows: readonly Enrolment[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    await sql`${insertInto(enrolments, rows)} on conflict (id) do nothing`.execute(db);
  } catch (error) {
    // Both drivers put the violated index on their error.
    const { constraint } = error as { constraint?: string };
    throw constraint === 'enrolments_live' ? new LiveRunError() : error;
  }
}
