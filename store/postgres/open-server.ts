/** Opens a Postgres server: pool, tables and the connection that hears of new rows. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type LaneBell, laneBell } from '../lane-bell.ts';
import { explainConnection, targetOf } from './explain-connection.ts';
import { BIGINT, migrate } from './migrate.ts';
import type { OpenDatabase } from './postgres-store.ts';
import { LANES_CHANNEL } from './table-queries.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const STARTING_RETRY_MS = 250;
const STARTING_PATIENCE_MS = 30_000;
/** The server is starting, stopping or recovering. */
const STARTING = '57P03';

const types = new pg.TypeOverrides();
types.setTypeParser(BIGINT, Number);

/** @throws StoreUnavailableError when the URL is wrong or the server cannot be used */
export async function openServer(
  databaseUrl: string,
  onWait: (what: string) => void,
): Promise<OpenDatabase> {
  const target = targetOf(databaseUrl);
  const config: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'cultivo',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types,
  };
  const pool = new pg.Pool(config);
  // An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const bell = laneBell();
  try {
    await awaitStart(pool, () => onWait(`${target} is starting`));
    await migrate(db);
    const stopListening = await listenToLanes(config, bell);
    return { db, bell, close: () => stopListening().then(() => pool.end()) };
  } catch (error) {
    await pool.end();
    throw explainConnection(error, target);
  }
}

async function awaitStart(pool: pg.Pool, onWait: () => void): Promise<void> {
  const deadline = Date.now() + STARTING_PATIENCE_MS;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== STARTING || Date.now() > deadline) throw error;
      onWait();
      await new Promise((resolve) => setTimeout(resolve, STARTING_RETRY_MS));
    }
  }
}

/**
 * Rings the bell for rows that any process added, through one connection of its own that is made anew
 * when it breaks. After each reconnection every lane rings: something may have been missed. Listens
 * once the promise resolves, which fails when the first connection does; the answer stops it.
 */
async function listenToLanes(
  config: pg.ClientConfig,
  bell: LaneBell,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...config, keepAlive: true });
    // Without a listener, a broken connection would end the process; `end` follows every error.
    next.on('error', () => undefined);
    next.on('notification', ({ payload }) => bell.ring(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${LANES_CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    if (stopped) return next.end();
    client = next;
    next.once('end', () => reconnect(FIRST_RETRY_MS));
  }

  function reconnect(delayMs: number): void {
    client = undefined;
    if (stopped) return;
    retry = setTimeout(() => {
      connect().then(
        () => bell.ringAll(),
        () => reconnect(Math.min(delayMs * 2, LONGEST_RETRY_MS)),
      );
    }, delayMs);
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end();
  };
}
