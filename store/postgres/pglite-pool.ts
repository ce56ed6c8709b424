/**
 * PGlite as the pool that kysely's Postgres dialect expects. It has one connection, so whoever asks
 * for it waits until it is given back: transactions run one after the other.
 */
import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';

export function pglitePool(pglite: PGlite): PostgresPool {
  let last: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  const run: unknown = (text: string, parameters: readonly unknown[]) =>
    pglite.query(text, [...parameters]);
  // The dialect asks for an overloaded `query`; cursors, its other overload, are never used here.
  const query = run as PostgresPoolClient['query'];
  // One client for all, because kysely remembers what it knows of a connection by this object.
  const client: PostgresPoolClient = { query, release: () => release() };
  return {
    async connect() {
      const before = last;
      let given: () => void = () => undefined;
      last = new Promise((resolve) => (given = resolve));
      await before;
      release = given;
      return client;
    },
    async end() {
      await last;
      await pglite.close();
    },
  };
}
