/** Refuses a directory that another process is using: two on one directory lose rows silently. */
export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
  readonly code = 'store-locked';
  readonly directory: string;
  /** Null where the lock file does not say. */
  readonly pid: number | null;

  constructor(directory: string, pid: number | null, fix: string) {
    const holder = pid === null ? 'an unknown process' : `process ${pid}`;
    super(
      `store directory ${directory}: expected to be its only user, but ${holder} holds it. ` +
        `${fix} [store-locked]`,
    );
    this.directory = directory;
    this.pid = pid;
  }
}
