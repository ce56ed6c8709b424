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
  const cultivo = await pack(ROOT, folder);
  expect(cultivo.unpackedSize).toBeLessThan(MOST_BYTES);
  const create = await pack(join(ROOT, 'create-cultivo'), folder);
  // What `npm create cultivo` does: both packages in a folder of npm's own, and its program run where one is.
  const tool = join(folder, 'npm’s own');
  mkdirSync(tool);
  const files = [cultivo, create].map(({ filename }) => join(folder, filename));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...files], {
    cwd: tool,
  });
  const program = join(tool, 'node_modules', 'create-cultivo', 'index.js');
  await run(process.execPath, [program, 'mine', '--pm', 'npm', '--cultivo', cultivo.filename], {
    cwd: folder,
  });

  const cwd = join(folder, 'mine');
  const npm = (...args: string[]) => run('npm', ['run', '--silent', ...args], { cwd });
  expect((await npm('test')).stdout).toMatch(/3 passed/);
  expect((await npm('check')).stdout).toContain('Every plan is locked.');
  expect(statSync(join(cwd, '.github', 'workflows', 'cultivo.yml')).isFile()).toBe(true);

  const cli = join(cwd, 'node_modules', 'cultivo', 'dist', 'cli', 'main.js');
  const dev = spawnLines(
    process.execPath,
    [cli, 'dev', '--json', '--port', '0', '--ui-port', '0'],
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
  const traits = {
    name: 'Ana',
    email: 'ana@example.com',
    timezone: zoneInDaylight(),
    consents: { product: true },
  };
  await post('/v1/identify', { userId: 'ana', traits });
  expect(await post('/v1/track', { userId: 'ana', event: 'Trial Started' })).toMatchObject({
    entered: 1,
  });
  await vi.waitFor(
    async () => {
      const person = (await (await fetch(`${ingest}/v1/people/ana`)).json()) as PersonAnswer;
      expect(person.story).toContainEqual(
        expect.objectContaining({ what: 'email welcome', kind: 'sent' }),
      );
      const inbox = await (await fetch(`${studio}/inbox`)).text();
      expect(inbox).toContain('ana@example.com');
    },
    { timeout: 30_000, interval: 100 },
  );
  expect((await fetch(studio)).status).toBe(200);
  dev.child.kill('SIGINT');
  expect(await dev.ended).toMatchObject({ exitCode: 0 });
}, 300_000);

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
}

async function pack(source: string, into: string): Promise<Packed> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', into];
  const [packed] = JSON.parse((await run('npm', args, { cwd: source })).stdout) as Packed[];
  if (packed === undefined) throw new Error(`npm packed nothing of ${source}`);
  return packed;
}

/** Where it is day now: the mail of the template's journey leaves by day alone. */
function zoneInDaylight(): string {
  const hour = new Date().getUTCHours();
  if (hour < 9) return 'Asia/Tokyo';
  return hour < 19 ? 'UTC' : 'America/Los_Angeles';
}
