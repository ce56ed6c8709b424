/**
 * Makes this process the only user of a directory through a lock file that is created exclusively
 * and names its holder. Never taken from a live process; taken over from one that is gone.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { StoreLockedError } from './store-locked-error.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own words; tells it from a later one of the same pid. */
  readonly started: string | null;
}

/** Locks that this process holds: another process before it may have had the same pid. */
const held = new Set<string>();

/**
 * Locks an existing directory; the answer unlocks it. All file access is synchronous, so nothing of
 * this process can come in between.
 *
 * @throws StoreLockedError [store-locked] when another live process holds it, or may hold it
 */
export function lockDirectory(directory: string): () => void {
  const path = resolve(directory, 'store.lock');
  const mine: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  if (!create(path, mine)) takeOver(directory, path, mine);
  held.add(path);
  return () => {
    if (!held.delete(path)) return;
    if (pidIn(path) === process.pid) rmSync(path, { force: true });
  };
}

/** Only the holder of a second file may replace the first: two takers cannot both believe they have it. */
function takeOver(directory: string, path: string, mine: Holder): void {
  const guard = join(directory, 'store.lock.takeover');
  refuseIfHeld(directory, path);
  if (!create(guard, mine)) {
    throw new StoreLockedError(
      directory,
      pidIn(guard),
      `It is taking over the lock of a process that is gone: try again, and delete ${guard} if this goes on.`,
    );
  }
  try {
    // Another taker may have been faster before the guard was ours.
    refuseIfHeld(directory, path);
    rmSync(path, { force: true });
    if (!create(path, mine)) {
      throw new StoreLockedError(directory, pidIn(path), 'It was faster by a moment. Try again.');
    }
  } finally {
    rmSync(guard, { force: true });
  }
}

function refuseIfHeld(directory: string, path: string): void {
  const holder = read(path);
  if (holder === 'absent') return;
  const ifGone = `If that process is gone, delete ${path}.`;
  if (holder === null) throw new StoreLockedError(directory, null, ifGone);
  if (holder.host !== hostname()) {
    throw new StoreLockedError(directory, holder.pid, `It runs on host ${holder.host}. ${ifGone}`);
  }
  if (isAlive(path, holder)) {
    throw new StoreLockedError(
      directory,
      holder.pid,
      'Stop that process, use another directory, or share a Postgres server through DATABASE_URL.',
    );
  }
}

function isAlive(path: string, { pid, started }: Holder): boolean {
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

/** Boot and clock tick at which the process started; null where the system has no such files. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets that may hold spaces; the start is the 22nd.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot} ${ticks}`;
  } catch {
    return null;
  }
}

function create(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function pidIn(path: string): number | null {
  const holder = read(path);
  return holder === 'absent' || holder === null ? null : holder.pid;
}

/** Null: there is a lock, but it does not say whose. */
function read(path: string): Holder | 'absent' | null {
  try {
    // Checked field by field below: anyone may have written the file.
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    const { pid, host, started } = holder;
    if (typeof pid !== 'number' || typeof host !== 'string') return null;
    return { pid, host, started: started ?? null };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : null;
  }
}
