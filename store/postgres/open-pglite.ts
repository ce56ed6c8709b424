/** Opens the embedded Postgres: in memory, or in a directory that one process at a time may use. */
import { join } from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { tryLock } from '../file-lock.ts';
import { laneBell } from '../lane-bell.ts';
import { StoreLockedError } from '../store-locked-error.ts';
import { dialectQuery } from './dialect-query.ts';
import { BIGINT, migrate } from './migrate.ts';
import { isNew, onDisk, syncAll } from './pglite-on-disk.ts';
import type { OpenDatabase } from './postgres-store.ts';
import { LANES_CHANNEL } from './table-queries.ts';

/** @throws StoreLockedError [store-locked] when another live process uses the directory */
export async function openPglite(directory: string | undefined): Promise<OpenDatabase> {
  if (directory === undefined) return start({});
  const lock = tryLock(join(directory, 'store.lock'));
  if (!lock.taken) throw new StoreLockedError(directory, lock.holder);
  try {
    const dataDir = join(directory, 'data');
    const first = isNew(dataDir);
    const opened = await start(await onDisk(dataDir));
    if (first) syncAll(directory);
    return { ...opened, close: () => opened.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function start(options: PGliteOptions): Promise<OpenDatabase> {
  // Imported here: a process on a Postgres server never loads the embedded one.
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = await PGlite.create({ ...options, parsers: { [BIGINT]: Number } });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pglitePool(pglite) }) });
  const bell = laneBell();
  try {
    await migrate(db);
    await pglite.listen(LANES_CHANNEL, (lane) => bell.ring(lane));
    return { db, bell, close: () => db.destroy() };
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

/**
 * PGlite as the pool that kysely's Postgres dialect expects. It has one connection, so whoever asks
 * for it waits until it is given back: transactions run one after the other.
 */
function pglitePool(pglite: PGlite): PostgresPool {
  let last: Promise<void> = Promise.resolve();
  const query = dialectQuery((text, parameters) => pglite.query(text, parameters));
  return {
    async connect() {
      const before = last;
      let release: () => void = () => undefined;
      last = new Promise((resolve) => (release = resolve));
      await before;
      return { query, release };
    },
    async end() {
      await last;
      await pglite.close();
    },
  };
}
