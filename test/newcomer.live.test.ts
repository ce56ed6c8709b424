/** The first hour as a newcomer has it: the packed tarball, a folder outside, one command, its tests, a first mail. */
import { execFile } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import type { DevPlaces } from '../cli/dev/where-to-look.ts';
import type { PersonAnswer } from '../studio/people-routes.ts';
import { spawnLines } from './spawn-lines.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '..');
const run = promisify(execFile);
const MOST_BYTES = 2_000_000;

test('a project of one’s own, from the tarball: its tests, its types, its lock, and a first mail in dev', async () => {
  const folder = join(temporaryFolder(), 'captación de leads');
  mkdirSync(folder);
  await run('node', ['build.mjs'], { cwd: ROOT });
  const packed = await run(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    {
      cwd: ROOT,
    },
  );
  const [{ filename, unpackedSize }] = JSON.parse(packed.stdout) as [
    { filename: string; unpackedSize: number },
  ];
  expect(unpackedSize).toBeLessThan(MOST_BYTES);
  const cli = join(ROOT, 'dist', 'cli', 'main.js');
  await run(process.execPath, [cli, 'init', 'mine', '--pm', 'npm', '--cultivo', filename], {
    cwd: folder,
  });

  const cwd = join(folder, 'mine');
  const npm = (...args: string[]) => run('npm', ['run', '--silent', ...args], { cwd });
  expect((await npm('test')).stdout).toMatch(/3 passed/);
  expect((await npm('check')).stdout).toContain('Every plan is locked.');
  expect(statSync(join(cwd, '.github', 'workflows', 'cultivo.yml')).isFile()).toBe(true);

  const program = join(cwd, 'node_modules', 'cultivo', 'dist', 'cli', 'main.js');
  const dev = spawnLines(
    process.execPath,
    [program, 'dev', '--json', '--port', '0', '--ui-port', '0'],
    { cwd },
  );
  const { ingest, studio } = JSON.parse(await dev.nextLine()) as DevPlaces;
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(ingest + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await answer.json()) as object;
  };
  const traits = { name: 'Ana', email: 'ana@example.com', consents: { product: true } };
  await post('/v1/identify', { userId: 'ana', traits });
  expect(await post('/v1/track', { userId: 'ana', event: 'Trial Started' })).toMatchObject({
    entered: 1,
  });
  // Outside the send window the mail waits, and the story says so.
  await vi.waitFor(
    async () => {
      const person = (await (await fetch(`${ingest}/v1/people/ana`)).json()) as PersonAnswer;
      const told = person.story.find(({ what }) => what === 'email welcome');
      expect(['sent', 'waits']).toContain(told?.kind);
    },
    { timeout: 30_000, interval: 100 },
  );
  expect((await fetch(studio)).status).toBe(200);
  dev.child.kill('SIGINT');
  expect(await dev.ended).toMatchObject({ exitCode: 0 });
}, 300_000);
