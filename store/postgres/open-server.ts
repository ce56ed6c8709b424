/** Opens a Postgres server: pool, tables and the connection that hears of new rows. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { laneBell } from '../lane-bell.ts';
import { explainConnection, targetOf } from './explain-connection.ts';
import { listenToLanes } from './listen-to-lanes.ts';
import { migrate } from './migrate.ts';
import type { OpenDatabase } from './postgres-store.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const STARTING_RETRY_MS = 250;
const STARTING_PATIENCE_MS = 30_000;
/** The server is starting, stopping or recovering. */
const STARTING = '57P03';
/** Type id of `bigint`. Instants and counts stay far below 2^53, so plain numbers hold them. */
const BIGINT = 20;

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
    const close = async () => {
      await stopListening();
      await pool.end();
    };
    return { db, bell, close };
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
