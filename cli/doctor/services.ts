/** Variables, and the database that they name. Looked at, never changed. */
import { lookAtServer } from '../../store/postgres/look-at-server.ts';
import {
  type Check,
  failed,
  failure,
  type Finding,
  ok,
  skipped,
  warning,
  WRONG_VARIABLES,
} from './check.ts';

const LEAST_POSTGRES = 13;
const MOST_APART_MS = 2_000;

export const environmentCheck: Check = {
  name: 'environment',
  look: ({ environment, problems }) =>
    environment === undefined
      ? { state: 'failure', says: problems.environment ?? WRONG_VARIABLES }
      : ok('Every variable that is set can be used.'),
};

export const databaseCheck = (withinMs: number): Check => ({
  name: 'database',
  async look({ environment }) {
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const url = environment.DATABASE_URL;
    if (url === undefined) return skipped('No DATABASE_URL: `cultivo dev` has an embedded store.');
    return await lookAtServer(url, withinMs).then(judged, failed);
  },
});

/** @param facts as `lookAtServer` answers. */
export function judged(facts: Awaited<ReturnType<typeof lookAtServer>>): Finding {
  const { target, version, aheadMs, isPooled, isReplica, mayCreate, tables } = facts;
  if (Number.parseInt(version, 10) < LEAST_POSTGRES)
    return failure(
      `${target}: expected Postgres ${LEAST_POSTGRES} or later, received ${version}.`,
      'Upgrade it, or name another one.',
    );
  if (isReplica)
    return failure(
      `${target}: a replica, which takes no writes.`,
      'Set DATABASE_URL to the server that it follows.',
    );
  if (tables === 'newer')
    return failure(
      `${target}: a later Cultivo has changed the tables.`,
      'Install that version here, or restore the database as it was before.',
    );
  if (tables === 'none' && !mayCreate)
    return failure(
      `${target}: this user may not create the schema cultivo.`,
      'Grant it CREATE on the database.',
    );
  if (isPooled)
    return failure(
      `${target}: a pooler in transaction mode stands before it. News of rows (LISTEN) does not cross it.`,
      'Name the server itself, or a pooler in session mode.',
    );
  if (Math.abs(aheadMs) > MOST_APART_MS)
    return warning(
      `${target}: its clock is ${Math.abs(aheadMs)} ms ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's. Workers take the time from it; logs here will not.`,
      'Synchronise both (NTP).',
    );
  const state = { none: 'no tables yet', older: 'tables that a worker will update as it starts' };
  return ok(
    `${target}, version ${version}, ${tables === 'current' ? 'tables of this version' : state[tables]}.`,
  );
}
