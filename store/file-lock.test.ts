import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { holderName, tryLock, withLock, type LockAttempt } from './file-lock.ts';

const HERE = { pid: process.pid, host: hostname() };

test('a lock names its holder until it is released, and its file names nobody after that', () => {
  const path = join(temporaryFolder(), 'made', 'on demand', 'a.lock');
  const lock = taken(tryLock(path));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(HERE);
  lock.release();
  expect(readFileSync(path, 'utf8')).toBe('');
  expect(tryLock(path).taken).toBe(true);
});

test('the same process is refused as well, whatever way leads to the file', () => {
  const folder = temporaryFolder();
  symlinkSync(folder, join(folder, 'link'));
  taken(tryLock(join(folder, 'a.lock')));
  const refused = { taken: false, holder: HERE };
  expect(tryLock(join(folder, 'a.lock'))).toEqual(refused);
  expect(tryLock(join(folder, 'link', 'a.lock'))).toEqual(refused);
});

test('releasing twice does not release the lock of the next holder', () => {
  const path = join(temporaryFolder(), 'a.lock');
  const first = taken(tryLock(path));
  first.release();
  taken(tryLock(path));
  first.release();
  expect(tryLock(path).taken).toBe(false);
});

test('a process that is stopped keeps its lock, however long ago it wrote its name', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const holder = await holdInChild(path);
  const refused = { taken: false, holder: { pid: holder.pid, host: hostname() } };
  expect(tryLock(path)).toEqual(refused);
  holder.kill('SIGSTOP');
  utimesSync(path, 0, 0);
  expect(tryLock(path)).toEqual(refused);
});

test('the lock of a process that was killed is free', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const holder = await holdInChild(path);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(readFileSync(path, 'utf8')).toContain(String(holder.pid));
  taken(tryLock(path));
  expect(tryLock(path)).toEqual({ taken: false, holder: HERE });
});

test.each(['', 'no JSON', '{"pid":1,"host":"elsewhere"}', '{"pid":1}'])(
  'what an earlier holder has left does not count: %j',
  (text) => {
    const path = join(temporaryFolder(), 'a.lock');
    writeFileSync(path, text);
    expect(tryLock(path).taken).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(`"pid":${process.pid}`);
  },
);

test('a lock counts without the name of its holder', () => {
  const path = join(temporaryFolder(), 'a.lock');
  taken(tryLock(path));
  writeFileSync(path, '');
  expect(tryLock(path)).toEqual({ taken: false, holder: null });
  expect(holderName(null)).toBe('another process');
  expect(holderName({ pid: 7, host: 'elsewhere' })).toBe('process 7 on elsewhere');
});

test('work under one lock is done one after the other, and a holder is named once', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const first = taken(tryLock(path));
  const events: string[] = [];
  const work = (name: string) =>
    withLock(
      path,
      (holder) => {
        events.push(`${name} waits for ${holderName(holder)}`);
        if (events.length === 2) first.release();
      },
      async () => {
        events.push('begins');
        await setImmediate();
        events.push('ends');
        return name;
      },
    );
  expect(await Promise.all([work('a'), work('b')])).toEqual(['a', 'b']);
  const us = holderName(HERE);
  const turn = ['begins', 'ends'];
  expect(events).toEqual([`a waits for ${us}`, `b waits for ${us}`, ...turn, ...turn]);
});

test('work that fails releases the lock', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const work = () => Promise.reject(new Error('no disk'));
  await expect(withLock(path, () => undefined, work)).rejects.toThrow('no disk');
  expect(tryLock(path).taken).toBe(true);
});

/** Releases it when the test has ended. */
function taken(attempt: LockAttempt): LockAttempt & { readonly taken: true } {
  if (!attempt.taken) throw new Error(`held by ${holderName(attempt.holder)}`);
  onTestFinished(() => attempt.release());
  return attempt;
}

/** A process of its own that holds the lock until it is killed. */
async function holdInChild(path: string) {
  const script = `import { tryLock } from ${JSON.stringify(new URL('file-lock.ts', import.meta.url))};
    console.log(tryLock(${JSON.stringify(path)}).taken);
    process.stdin.resume();`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(String(await once(child.stdout, 'data'))).toBe('true\n');
  return child;
}
