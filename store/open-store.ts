/** Opens the store where the rows live: a Postgres server, or an embedded one that needs no set-up. */
import { openPglite } from './postgres/open-pglite.ts';
import { openServer } from './postgres/open-server.ts';
import { postgresStore } from './postgres/postgres-store.ts';
import type { Store } from './store.ts';

export interface OpenStoreOptions {
  /** `postgres://user:password@host:5432/database`; wins over `directory`. */
  readonly databaseUrl?: string | undefined;
  /** Where the embedded Postgres keeps its files; made where absent. Neither: in memory only. */
  readonly directory?: string | undefined;
  /** Told, in a few words for people, what opening is waiting for. */
  readonly onWait?: ((what: string) => void) | undefined;
}

/**
 * Opens the store and brings its tables (all in the schema `cultivo`) to this version. Safe when
 * several processes open one server at once; a directory serves one process at a time.
 *
 * @throws StoreLockedError [store-locked] when another process uses the directory
 * @throws StoreUnavailableError [store-url-invalid, store-unreachable, store-login-refused,
 * store-database-missing, store-not-permitted, store-failed]
 */
export async function openStore(options: OpenStoreOptions = {}): Promise<Store> {
  const { databaseUrl, directory, onWait = () => undefined } = options;
  if (databaseUrl !== undefined) return postgresStore(await openServer(databaseUrl, onWait));
  // Seconds the first time, some tenths of one later: worth a word to those who wait.
  onWait('the embedded Postgres is starting');
  return postgresStore(await openPglite(directory));
}
