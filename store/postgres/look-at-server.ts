/** What a Postgres server is like, looked at without changing anything: for whoever wants to know before it is used. */
import pg from 'pg';
import { explainConnection, targetOf } from './explain-connection.ts';
import { MIGRATION_NAMES } from './migrate.ts';

export interface ServerFacts {
  /** `user@host:port/database` */
  readonly target: string;
  /** As in 15.8. */
  readonly version: string;
  /** Its clock less ours, ms. */
  readonly aheadMs: number;
  /** Something between us and it hands connections out, as PgBouncer does. */
  readonly isPooled: boolean;
  readonly mayCreate: boolean;
  /** Of our tables: not there yet, of this version, or behind or ahead of it. */
  readonly tables: 'none' | 'current' | 'older' | 'newer';
}

/** @throws StoreUnavailableError */
export async function lookAtServer(databaseUrl: string, withinMs: number): Promise<ServerFacts> {
  const target = targetOf(databaseUrl);
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'cultivo doctor',
    connectionTimeoutMillis: withinMs,
    query_timeout: withinMs,
  });
  client.on('error', () => undefined); // the query that is under way throws it
  try {
    await client.connect();
    const before = Date.now();
    const [facts] = (await client.query<Asked>(QUESTION)).rows;
    const after = Date.now();
    if (facts === undefined) throw new Error('it answered nothing');
    return {
      target,
      version: facts.version,
      aheadMs: Math.round(Number(facts.now) - (before + after) / 2),
      isPooled: facts.pid !== processIdOf(client),
      mayCreate: facts.may_create,
      tables: await tablesOf(client),
    };
  } catch (error) {
    throw explainConnection(error, target);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Asked {
  readonly version: string;
  readonly now: string;
  readonly pid: number;
  readonly may_create: boolean;
}

const QUESTION = `select current_setting('server_version') as version, pg_backend_pid() as pid,
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

/** The process that the server, or whoever stands before it, said it was. */
const processIdOf = (client: pg.Client): number | undefined =>
  (client as { processID?: number }).processID; // there, and not in its types
