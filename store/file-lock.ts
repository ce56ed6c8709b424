/**
 * A lock between processes: the kernel holds it on a file that names its holder. It is free as soon as
 * that process has ended, however it ended, and never before: one that is stopped keeps its lock.
 */
import {
  closeSync,
  constants,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tryLock as lockRange } from 'fs-native-extensions';

const ASK_EVERY_MS = 200;
/** Windows lets nobody read what is locked, so a byte behind the name is locked there. */
const RANGE =
  process.platform === 'win32' ? { offset: 1_000, length: 1 } : { offset: 0, length: 0 };

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
}

export type LockAttempt =
  | { readonly taken: true; release(): void }
  /** Null in the moment in which a holder has no name there: just before or just after it. */
  | { readonly taken: false; readonly holder: LockHolder | null };

/**
 * Takes the lock at `path`, or says who holds it; this process counts like any other. The file stays
 * when the lock is released: removing it could leave two processes with a locked file each.
 *
 * @throws Error [lock-failed] on a file system without locks, for example.
 */
export function tryLock(path: string): LockAttempt {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT);
  try {
    if (lockRange(file, RANGE.offset, RANGE.length)) return held(file);
  } catch (error) {
    closeSync(file);
    throw lockFailed(path, error);
  }
  closeSync(file);
  return { taken: false, holder: readHolder(path) };
}

function held(file: number): LockAttempt {
  writeHolder(file);
  let isHeld = true;
  return {
    taken: true,
    release() {
      // Its number may be that of another file by now.
      if (!isHeld) return;
      isHeld = false;
      ftruncateSync(file);
      closeSync(file);
    },
  };
}

/**
 * Runs `work` under the lock at `path`, after every other holder.
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
    if (lock.taken) return Promise.resolve().then(work).finally(lock.release);
    if (lock.holder !== null && lock.holder.pid !== waitedFor) onWait(lock.holder);
    waitedFor = lock.holder?.pid ?? waitedFor;
    await setTimeout(ASK_EVERY_MS);
  }
}

/** For messages. */
export function holderName(holder: LockHolder | null): string {
  return holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
}

function writeHolder(file: number): void {
  const holder: LockHolder = { pid: process.pid, host: hostname() };
  // A process that was killed has left its name here.
  ftruncateSync(file);
  writeSync(file, `${JSON.stringify(holder)}\n`, 0);
}

function readHolder(path: string): LockHolder | null {
  try {
    // Checked below: anyone may have written the file.
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockHolder>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : null;
  } catch {
    return null;
  }
}

function lockFailed(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `${path}: expected a file that can be locked, received "${reason}". Use a folder on a local disk. [lock-failed]`,
    { cause },
  );
}
