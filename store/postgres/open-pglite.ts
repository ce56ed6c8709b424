/** Opens the embedded Postgres: in memory, or in a directory that one process at a time may use. */
import { join } from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { tryLock } from '../file-lock.ts';
import { laneBell } from '../lane-bell.ts';
import { StoreLockedError } from '../store-locked-error.ts';
import { LANES_CHANNEL } from './lanes-channel.ts';
import { migrate } from './migrate.ts';
import { pglitePool } from './pglite-pool.ts';
import type { OpenDatabase } from './postgres-store.ts';

/** Type id of `bigint`. Instants and counts stay far below 2^53, so plain numbers hold them. */
const BIGINT = 20;

/** @throws StoreLockedError [store-locked] when another live process uses the directory */
export async function openPglite(directory: string | undefined): Promise<OpenDatabase> {
  if (directory === undefined) return start({});
  const lock = tryLock(join(directory, 'store.lock'));
  if (!lock.taken) throw new StoreLockedError(directory, lock.holder);
  try {
    const opened = await start({ dataDir: join(directory, 'data') });
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
  try {
    return await openOn(pglite);
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

async function openOn(pglite: PGlite): Promise<OpenDatabase> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pglitePool(pglite) }) });
  const bell = laneBell();
  await migrate(db);
  await pglite.listen(LANES_CHANNEL, (lane) => bell.ring(lane));
  return { db, bell, close: () => db.destroy() };
}
