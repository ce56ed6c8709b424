/**
 * A lock between processes: a file that names its holder. It appears complete (written aside, then
 * linked), its holder keeps it fresh, and one whose holder is gone can be taken over. Takeovers go one
 * at a time, under a lock of their own, so nobody ever removes a lock that is not the dead one.
 */
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

const REFRESH_MS = 5_000;
/** Long enough for a machine that swaps or sleeps; only a holder that cannot be asked waits it out. */
const STALE_MS = 60_000;

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Tells one holding of the lock from the next by the same process. */
  readonly token: string;
}

export type LockAttempt =
  | { readonly taken: true; release(): void }
  | { readonly taken: false; readonly holder: LockHolder };

/**
 * Takes the lock at `path`, or says who holds it. A holder on this host is gone when its process is;
 * one on another host (a shared home directory) when it has not refreshed the file for a minute.
 */
export function tryLock(path: string): LockAttempt {
  mkdirSync(dirname(path), { recursive: true });
  const claim: LockHolder = { pid: process.pid, host: hostname(), token: randomUUID() };
  for (;;) {
    if (linkComplete(path, JSON.stringify(claim))) return hold(path, claim.token);
    const holder = readHolder(path);
    if (holder === null) continue;
    if (isAlive(path, holder)) return { taken: false, holder };
    const takeover = tryLock(`${path}.takeover`);
    if (!takeover.taken) return { taken: false, holder: takeover.holder };
    try {
      const still = readHolder(path);
      if (still !== null && !isAlive(path, still)) rmSync(path, { force: true });
    } finally {
      takeover.release();
    }
  }
}

function hold(path: string, token: string): LockAttempt {
  const isOurs = () => readHolder(path)?.token === token;
  const refresh = setInterval(() => {
    if (isOurs()) utimesSync(path, new Date(), new Date());
  }, REFRESH_MS);
  refresh.unref();
  return {
    taken: true,
    release() {
      clearInterval(refresh);
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

/** False where a file is already there. */
function linkComplete(path: string, content: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Null where the lock has just been released. */
function readHolder(path: string): LockHolder | null {
  try {
    // Only `linkComplete` writes this file, and it appears whole.
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isAlive(path: string, holder: LockHolder): boolean {
  if (holder.host === hostname() && !isRunning(holder.pid)) return false;
  const refreshed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return refreshed === undefined || Date.now() - refreshed < STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
