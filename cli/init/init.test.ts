import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';

const init = (folder: string, ...more: string[]) =>
  callCli('init', folder, '--no-install', '--json', ...more);

test('a new folder gets everything, under a name that packages may have, and says what is next', async () => {
  const folder = join(temporaryFolder(), 'Captación 2026');
  const made = JSON.parse((await init(folder, '--pm', 'npm')).stdout);
  expect(made).toMatchObject({ name: 'captacion-2026', installed: false, kept: [] });
  expect(made.next).toContain('npm install');
  for (const file of made.written) expect(existsSync(join(folder, file)), file).toBe(true);
  const { scripts, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(Object.keys(scripts)).toEqual(['dev', 'play', 'test', 'check', 'lock']);
  expect(Object.keys(dependencies)).toEqual(['cultivo', 'zod']);
});

test('a dry run writes nothing', async () => {
  const folder = join(temporaryFolder(), 'dry');
  const made = JSON.parse((await init(folder, '--dry-run')).stdout);
  expect(made.written).toContain('cultivo.config.ts');
  expect(existsSync(folder)).toBe(false);
});

test('a folder that holds something is refused, or added to; nothing is overwritten', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'lead.ts'), '// mine');
  const refused = await init(folder);
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toContain('folder-not-empty');
  expect(readdirSync(folder)).toEqual(['src']);

  const added = JSON.parse((await init(folder, '--force')).stdout);
  expect(added.kept).toEqual(['src/lead.ts']);
  expect(readFileSync(join(folder, 'src', 'lead.ts'), 'utf8')).toBe('// mine');
  // As after a run that was killed: what is there stays, the rest is written.
  const again = JSON.parse((await init(folder, '--force')).stdout);
  expect(again.written).toEqual([]);
});

test('two at once, in one folder, make one project', async () => {
  const folder = join(temporaryFolder(), 'twice');
  const both = await Promise.all([init(folder, '--force'), init(folder, '--force')]);
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const made = both.map(({ stdout }) => JSON.parse(stdout) as { written: string[] });
  const written = made.flatMap((each) => each.written);
  // Each file by one of them, whole, and no draft left.
  expect(new Set(written).size).toBe(written.length);
  const whole = JSON.parse((await init(folder, '--force', '--dry-run')).stdout);
  expect(whole.written).toEqual([]);
  expect(
    readdirSync(folder, { recursive: true }).filter((file) => /draft/.test(String(file))),
  ).toEqual([]);
});

test('what a killed run has left half written is in nobody’s way, and goes', async () => {
  const folder = join(temporaryFolder(), 'killed');
  mkdirSync(folder);
  const left = join(folder, 'cultivo.config.ts.0000.cultivo-draft');
  writeFileSync(left, 'half');
  utimesSync(left, 0, 0);
  expect((await init(folder)).exitCode).toBe(0);
  expect(existsSync(left)).toBe(false);
});

test('without a network the project is written, and what is missing is said within seconds', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9');
  vi.stubEnv('npm_config_cache', temporaryFolder());
  const folder = join(temporaryFolder(), 'alone');
  const { exitCode, stdout } = await callCli('init', folder, '--pm', 'npm', '--json');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('[install-failed]');
  expect(existsSync(join(folder, 'cultivo.config.ts'))).toBe(true);
});

test('a tarball that is not there is named', async () => {
  const { exitCode, stdout } = await init(join(temporaryFolder(), 'x'), '--cultivo', 'gone.tgz');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('[file-missing]');
});
