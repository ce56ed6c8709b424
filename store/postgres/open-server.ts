/** Opens a Postgres server: pool, tables and the connection that hears of new rows. */
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type LaneBell, laneBell } from '../lane-bell.ts';
import { explainConnection, targetOf } from './explain-connection.ts';
import { type ConnectionLimits, cut, guardedPool, limited, LIMITS } from './guarded-pool.ts';
import { BIGINT, migrate } from './migrate.ts';
import type { OpenDatabase } from './postgres-store.ts';
import { LANES_CHANNEL } from './table-queries.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const PULSE_MS = 15_000;
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
  limits: ConnectionLimits = LIMITS,
): Promise<OpenDatabase> {
  const target = targetOf(databaseUrl);
  const config: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'cultivo',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types,
  };
  const pool = new pg.Pool({ ...config, ...limited(limits) });
  const guarded = guardedPool(pool);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: guarded }) });
  const bell = laneBell();
  try {
    await awaitStart(pool, () => onWait(`${target} is starting`));
    await migrateAlone(config);
    const stopListening = await listenToLanes({ ...config, ...limited(limits) }, bell);
    return { db, bell, close: () => stopListening().then(() => pool.end()) };
  } catch (error) {
    await pool.end();
    throw explainConnection(error, target);
  }
}

/** On a connection of its own, without limits: the changes to large tables, and waiting for who makes them, take their time. */
async function migrateAlone(config: pg.PoolConfig): Promise<void> {
  const pool = guardedPool(new pg.Pool({ ...config, max: 1, keepAlive: true }));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
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
      await pause(STARTING_RETRY_MS);
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
  let pulse: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(config);
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
    pulse = setTimeout(() => feel(next), PULSE_MS);
  }

  /** Whoever only listens never learns that the other side is gone; so it is asked from time to time. */
  function feel(listening: pg.Client): void {
    listening.query('select 1').then(
      () => {
        if (client === listening) pulse = setTimeout(() => feel(listening), PULSE_MS);
      },
      () => cut(listening),
    );
  }

  function reconnect(delayMs: number): void {
    client = undefined;
    clearTimeout(pulse);
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
    clearTimeout(pulse);
    await client?.end();
  };
}
