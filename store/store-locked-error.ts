/** Refuses a directory that another process is using: two on one directory lose rows silently. */
import { holderName, type LockHolder } from './file-lock.ts';

export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
  readonly code = 'store-locked';
  readonly directory: string;
  /** Null where the lock does not name its holder. */
  readonly pid: number | null;

  constructor(directory: string, holder: LockHolder | null) {
    super(
      `store directory ${directory}: expected to be its only user, but ${holderName(holder)} holds it. ` +
        'Stop that process, use another directory, or share a Postgres server through DATABASE_URL. [store-locked]',
    );
    this.directory = directory;
    this.pid = holder?.pid ?? null;
  }
}
