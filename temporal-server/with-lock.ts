/** Work that one process does at a time; the others wait for it, and say for whom. */
import { setTimeout } from 'node:timers/promises';
import { tryLock, type LockHolder } from './exclusive-lock.ts';

const POLL_MS = 200;

/**
 * Runs `work` under the lock at `path`, after every other process that holds it.
 *
 * @param onWait called once for each holder that is waited for.
 */
export async function withLock<T>(
  path: string,
  onWait: (holder: LockHolder) => void,
  work: () => Promise<T>,
): Promise<T> {
  let waitedFor: number | undefined;
  for (;;) {
    const lock = tryLock(path);
    if (lock.taken) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (waitedFor !== lock.holder.pid) onWait(lock.holder);
    waitedFor = lock.holder.pid;
    await setTimeout(POLL_MS);
  }
}
