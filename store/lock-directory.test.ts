import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from './lock-directory.ts';
import { StoreLockedError } from './store-locked-error.ts';

let directory = '';
let lockFile = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cultivo-lock-'));
  lockFile = join(directory, 'store.lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a lock names its holder, keeps others out and leaves nothing when it ends', () => {
  const unlock = lockDirectory(directory);
  expect(JSON.parse(readFileSync(lockFile, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(() => lockDirectory(directory)).toThrow(StoreLockedError);
  unlock();
  unlock();
  expect(existsSync(lockFile)).toBe(false);
  lockDirectory(directory)();
});

test('a live process keeps its lock, and the error says which it is and what to do', async () => {
  await withProcess(({ pid = 0 }) => {
    write({ pid, host: hostname(), started: null });
    expect(() => lockDirectory(directory)).toThrow(
      `store directory ${directory}: expected to be its only user, but process ${pid} holds it. ` +
        'Stop that process, use another directory, or share a Postgres server through DATABASE_URL. [store-locked]',
    );
    expect(readFileSync(lockFile, 'utf8')).toContain(String(pid));
  });
});

test('the lock of a process that is gone is taken over', async () => {
  let gone = 0;
  await withProcess(({ pid = 0 }) => (gone = pid));
  write({ pid: gone, host: hostname(), started: null });
  lockDirectory(directory)();
  expect(existsSync(lockFile)).toBe(false);
});

test('an earlier process of the same pid is gone, be it our own pid or that of another', async () => {
  write({ pid: process.pid, host: hostname(), started: null });
  lockDirectory(directory)();
  if (process.platform !== 'linux') return;
  await withProcess(({ pid = 0 }) => {
    write({ pid, host: hostname(), started: 'another boot 1' });
    lockDirectory(directory)();
  });
});

test('a lock that may be alive is never taken: other hosts, unreadable files', () => {
  write({ pid: 1, host: 'elsewhere', started: null });
  expect(() => lockDirectory(directory)).toThrow(/runs on host elsewhere.*delete/);
  writeFileSync(lockFile, '');
  expect(() => lockDirectory(directory)).toThrow(/unknown process.*delete/);
});

test('only one of several takers goes on', () => {
  write({ pid: process.pid, host: hostname(), started: null });
  writeFileSync(`${lockFile}.takeover`, JSON.stringify({ pid: 7, host: hostname() }));
  expect(() => lockDirectory(directory)).toThrow(/process 7 .*taking over/);
});

function write(holder: object): void {
  writeFileSync(lockFile, JSON.stringify(holder));
}

/** A process that lives exactly as long as `during` runs. */
async function withProcess(during: (child: ChildProcess) => void): Promise<void> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
  await once(child, 'spawn');
  try {
    during(child);
  } finally {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  }
}
