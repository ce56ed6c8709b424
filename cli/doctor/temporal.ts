/** Whether the cluster can be used that TEMPORAL_ADDRESS names; else whether this machine has a server, or could make one. */
import {
  temporalConnectionOptions,
  type TemporalConnectionOptions,
} from '../../temporal-server/connection-options.ts';
import { type ClusterSeen, lookAtCluster } from '../../temporal-server/look-at-cluster.ts';
import { clusterFlags, registering } from '../../temporal-server/search-attributes.ts';
import { serverHere } from '../../temporal-server/find-server.ts';
import {
  type Check,
  failure,
  type Finding,
  ok,
  skipped,
  warning,
  WRONG_VARIABLES,
} from './check.ts';

const LEAST_RETENTION_DAYS = 1;

export const temporalCheck = (withinMs: number): Check => ({
  name: 'Temporal',
  async look({ environment }) {
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = environment;
    if (address === undefined) return serverOnThisMachine(environment);
    const connect = temporalConnectionOptions(environment, address);
    return ofCluster(await lookAtCluster(connect, namespace, withinMs), connect, namespace);
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

/** What weighs most is said first: whatever follows can be seen once that is put right. */
export function ofCluster(
  seen: ClusterSeen,
  connect: TemporalConnectionOptions,
  namespace: string,
): Finding {
  const { address } = connect;
  if (seen.is === 'unreachable')
    return failure(
      `Nothing answers as Temporal at ${address}: ${seen.why}.`,
      'Start it, correct TEMPORAL_ADDRESS, or TEMPORAL_TLS where it asks for TLS or does not.',
    );
  if (seen.is === 'refused')
    return failure(
      `Temporal at ${address} does not let us in: ${seen.why}.`,
      'Correct TEMPORAL_API_KEY and TEMPORAL_NAMESPACE, or let the key into that namespace.',
    );
  if (seen.is === 'no-namespace') return noNamespace(connect, namespace);
  const { missing, retentionDays: days } = seen;
  const named = `${address}, namespace ${namespace}`;
  if (missing === null)
    return warning(`${named} does not say which search attributes it has.`, MAY_LIST);
  if (missing.length > 0)
    return failure(
      `${named} lacks the search attributes ${missing.join(', ')}.`,
      `Register them once:\n${registering(connect, namespace, missing)}`,
    );
  if (days !== null && days < LEAST_RETENTION_DAYS)
    return shortMemory(named, days, connect, namespace);
  return ok(days === null ? `${named}.` : `${named}, remembers what has ended for ${days} days.`);
}

const MAY_LIST =
  'Let this key list them: a worker looks for them as it starts, and does not start where it may not.';

const noNamespace = (connect: TemporalConnectionOptions, namespace: string): Finding =>
  failure(
    `Temporal at ${connect.address} has no namespace ${namespace}.`,
    connect.apiKey === undefined
      ? `Correct TEMPORAL_NAMESPACE, or create it:\ntemporal operator namespace create ${clusterFlags(connect, namespace).join(' ')} --retention 30d`
      : 'Correct TEMPORAL_NAMESPACE, or create it where the account is kept.',
  );

/** Whoever looks at what went wrong, and a worker that was away, finds what has ended there and nowhere else. */
const shortMemory = (
  named: string,
  days: number,
  connect: TemporalConnectionOptions,
  namespace: string,
): Finding =>
  warning(
    `${named} forgets what has ended after ${Math.round(days * 24)} hours: a worker that was away for longer does not notice it.`,
    connect.apiKey === undefined
      ? `Let it remember longer:\ntemporal operator namespace update ${clusterFlags(connect, namespace).join(' ')} --retention 30d`
      : 'Let it remember longer where the account is kept: 30 days, for example.',
  );
