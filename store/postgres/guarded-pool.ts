/**
 * A pool for kysely that outlives its connections: one that breaks while it is in use fails the query and
 * nothing else, and one that has not answered in time is cut and never given to anybody again.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { dialectQuery } from './dialect-query.ts';

/** How long whoever uses a connection may take, in milliseconds. */
export interface ConnectionLimits {
  /** Until the server gives a statement up, waiting for locks included. */
  readonly statementMs: number;
  /** Until a connection that says nothing is cut. Longer than `statementMs`, so that a server that lives answers first. */
  readonly answerMs: number;
  /** Until the server ends a transaction whose process does nothing: a process that stands still holds no locks. */
  readonly idleTransactionMs: number;
}

export const LIMITS: ConnectionLimits = {
  statementMs: 30_000,
  answerMs: 40_000,
  idleTransactionMs: 60_000,
};

const KEEP_ALIVE_DELAY_MS = 10_000;

/** The limits and the keepalive as pg takes them. */
export const limited = (limits: ConnectionLimits): pg.ClientConfig => ({
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  statement_timeout: limits.statementMs,
  query_timeout: limits.answerMs,
  idle_in_transaction_session_timeout: limits.idleTransactionMs,
});

export function guardedPool(pool: pg.Pool): PostgresPool {
  // Unheard, the error of a connection that breaks would end the process, whether somebody uses it or not.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  // kysely remembers connections by the object that it is given.
  const guarded = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const known = guarded.get(client);
      if (known !== undefined) return known;
      await settle(client);
      const made = guard(client);
      guarded.set(client, made);
      return made;
    },
    end: () => pool.end(),
  };
}

/** Before its first use: compiling a statement takes longer than any of ours runs. */
async function settle(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('set jit = off');
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function guard(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  const query = dialectQuery(async (text, parameters) => {
    try {
      return await client.query(text, parameters);
    } catch (error) {
      // An answer of the server has an SQLSTATE; anything else says that the connection is not to be trusted.
      if (!isAnswer(error)) {
        broken = true;
        cut(client);
      }
      throw error;
    }
  });
  return {
    query,
    release: () => client.release(broken),
  };
}

const isAnswer = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined;

/** What waits on this connection fails at once, the rollback that follows included. */
export function cut(client: pg.ClientBase): void {
  // pg has no public way to end a connection without asking the other side, which may never answer.
  const { connection } = client as unknown as { connection?: pg.Connection };
  connection?.stream.destroy();
}
