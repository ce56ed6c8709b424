import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { tryLock } from './exclusive-lock.ts';

const pidOfTheDead = () => spawnSync(process.execPath, ['--version']).pid;

test('a lock is held until it is released', () => {
  const path = join(temporaryFolder(), 'a.lock');
  const first = tryLock(path);
  expect(tryLock(path)).toMatchObject({ taken: false, holder: { pid: process.pid } });
  if (first.taken) first.release();
  expect(existsSync(path)).toBe(false);
  expect(tryLock(path).taken).toBe(true);
});

test('the lock of a process that is gone is taken over, and nothing is left beside it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.lock');
  writeFileSync(path, JSON.stringify({ pid: pidOfTheDead(), host: hostname(), token: 'old' }));
  expect(tryLock(path).taken).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.lock']);
});

test('a takeover whose process is gone can be taken over as well', () => {
  const path = join(temporaryFolder(), 'a.lock');
  const dead = JSON.stringify({ pid: pidOfTheDead(), host: hostname(), token: 'old' });
  writeFileSync(path, dead);
  writeFileSync(`${path}.takeover`, dead);
  expect(tryLock(path).taken).toBe(true);
});

test('a holder on another host counts as gone when it has not refreshed the lock for a minute', () => {
  const path = join(temporaryFolder(), 'a.lock');
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'old' }));
  expect(tryLock(path)).toMatchObject({ taken: false, holder: { host: 'elsewhere' } });
  const minutesAgo = new Date(Date.now() - 61_000);
  utimesSync(path, minutesAgo, minutesAgo);
  expect(tryLock(path).taken).toBe(true);
});

test('a lock that was taken over is not released by its former holder', () => {
  const path = join(temporaryFolder(), 'a.lock');
  const former = tryLock(path);
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), token: 'other' }));
  if (former.taken) former.release();
  expect(tryLock(path)).toMatchObject({ taken: false, holder: { token: 'other' } });
});
