/**
 * What a Postgres server is like, looked at without changing anything: for whoever wants to know before it is used.
 * Asked for the same connections as a worker asks for, so that whoever refuses those is found.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { explainConnection, targetOf } from './explain-connection.ts';
import { limited, LIMITS } from './guarded-pool.ts';
import { MIGRATION_NAMES } from './migrate.ts';

export interface ServerFacts {
  /** `user@host:port/database` */
  readonly target: string;
  /** As in 15.8. */
  readonly version: string;
  /** Its clock less ours, ms. */
  readonly aheadMs: number;
  /** Who listens hears nothing: something between us hands connections out by transaction, as PgBouncer can. */
  readonly isPooled: boolean;
  /** It repeats what another one writes. */
  readonly isReplica: boolean;
  readonly mayCreate: boolean;
  /** Of our tables: not there yet, of this version, or behind or ahead of it. */
  readonly tables: 'none' | 'current' | 'older' | 'newer';
}

/** @throws StoreUnavailableError */
export async function lookAtServer(databaseUrl: string, withinMs: number): Promise<ServerFacts> {
  const target = targetOf(databaseUrl);
  const config: pg.ClientConfig = {
    ...limited(LIMITS),
    connectionString: databaseUrl,
    application_name: 'cultivo doctor',
    connectionTimeoutMillis: withinMs,
    query_timeout: withinMs,
  };
  const [client, listener] = [new pg.Client(config), new pg.Client(config)];
  // The query that is under way throws it.
  for (const each of [client, listener]) each.on('error', () => undefined);
  try {
    await client.connect();
    await listener.connect();
    const before = Date.now();
    const [facts] = (await client.query<Asked>(QUESTION)).rows;
    const after = Date.now();
    if (facts === undefined) throw new Error('it answered nothing');
    return {
      target,
      version: facts.version,
      aheadMs: Math.round(Number(facts.now) - (before + after) / 2),
      // A replica takes no LISTEN.
      isPooled: !facts.is_replica && !(await isHeard(client, listener)),
      isReplica: facts.is_replica,
      mayCreate: facts.may_create,
      tables: await tablesOf(client),
    };
  } catch (error) {
    throw explainConnection(error, target);
  } finally {
    await Promise.allSettled([client.end(), listener.end()]);
  }
}

interface Asked {
  readonly version: string;
  readonly now: string;
  readonly is_replica: boolean;
  readonly may_create: boolean;
}

const QUESTION = `select current_setting('server_version') as version, pg_is_in_recovery() as is_replica,
  extract(epoch from clock_timestamp()) * 1000 as now,
  has_database_privilege(current_database(), 'CREATE') as may_create`;

async function tablesOf(client: pg.Client): Promise<ServerFacts['tables']> {
  const there = await client.query("select to_regclass('cultivo.kysely_migration') as found");
  if (there.rows[0]?.found === null) return 'none';
  const { rows } = await client.query<{ name: string }>(
    'select name from cultivo.kysely_migration',
  );
  const done = new Set(rows.map(({ name }) => name));
  if ([...done].some((name) => !MIGRATION_NAMES.includes(name))) return 'newer';
  return MIGRATION_NAMES.every((name) => done.has(name)) ? 'current' : 'older';
}

/** Between two connections that a server knows it takes a moment. */
const HEARD_WITHIN_MS = 1_000;

async function isHeard(speaker: pg.Client, listener: pg.Client): Promise<boolean> {
  const channel = `cultivo_doctor_${randomBytes(8).toString('hex')}`;
  let timer: NodeJS.Timeout | undefined;
  await listener.query(`listen ${channel}`);
  const heard = new Promise<boolean>((resolve) => {
    listener.once('notification', () => resolve(true));
    timer = setTimeout(() => resolve(false), HEARD_WITHIN_MS);
  });
  try {
    await speaker.query('select pg_notify($1, $2)', [channel, '']);
    return await heard;
  } finally {
    clearTimeout(timer);
  }
}
