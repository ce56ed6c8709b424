/** What a worker needs around it: variables, Temporal, a database. Looked at, never changed. */
import { serverHere } from '../../temporal-server/find-server.ts';
import { lookAtCluster } from '../../temporal-server/look-at-cluster.ts';
import { lookAtServer } from '../../store/postgres/look-at-server.ts';
import { type Check, failed, failure, type Finding, ok, skipped, warning } from './check.ts';

const LEAST_POSTGRES = 13;
const LEAST_RETENTION_DAYS = 1;
const MOST_APART_MS = 2_000;
const WRONG_VARIABLES = 'A variable is wrong.';

export const environmentCheck: Check = {
  name: 'environment',
  look: ({ environment, problems }) =>
    environment === undefined
      ? { state: 'failure', says: problems.environment ?? WRONG_VARIABLES }
      : ok('Every variable that is set can be used.'),
};

export const temporalCheck = (withinMs: number): Check => ({
  name: 'Temporal',
  async look({ environment }) {
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = environment;
    if (address === undefined) return serverOnThisMachine(environment);
    const facts = await lookAtCluster(environment, { address, namespace, withinMs });
    if (facts.missingAttributes !== undefined)
      return { state: 'failure', says: facts.missingAttributes };
    if (facts.retentionDays < LEAST_RETENTION_DAYS) {
      return warning(
        `${address}: namespace ${namespace} forgets workflows that have ended after ${facts.retentionDays} days.`,
        `Let it keep them: \`temporal operator namespace update --namespace ${namespace} --retention 72h\`.`,
      );
    }
    return ok(
      `${address}, namespace ${namespace}, remembers what has ended for ${facts.retentionDays} days.`,
    );
  },
});

async function serverOnThisMachine(place: {
  readonly PATH: string;
  readonly CULTIVO_CACHE: string;
}): Promise<Finding> {
  const found = await serverHere({ path: place.PATH, cache: place.CULTIVO_CACHE });
  return found === undefined
    ? warning(
        'No TEMPORAL_ADDRESS, and no server on this machine: the first `cultivo dev` downloads one, or builds it in some minutes.',
        'Nothing, with a network; without one, install Temporal’s CLI: https://docs.temporal.io/cli.',
      )
    : ok(`No TEMPORAL_ADDRESS: \`cultivo dev\` starts ${found.program}.`);
}

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
  const { target, version, aheadMs, isPooled, mayCreate, tables } = facts;
  if (Number.parseInt(version, 10) < LEAST_POSTGRES)
    return failure(
      `${target}: expected Postgres ${LEAST_POSTGRES} or later, received ${version}.`,
      'Upgrade it, or name another one.',
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
    return warning(
      `${target}: a pooler stands before it. News of rows (LISTEN) does not cross one in transaction mode.`,
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
