/** Every block of TypeScript in the documents compiles, all in one run of the compiler; it runs, and is what it says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, DOCUMENTS } from './documents.ts';
import { preparePages, writePage } from './write-pages.ts';

/** One starts a server, one asks for a package that is still to come. */
const NOT_RUN = 3;

const folder = mkdtempSync(join(tmpdir(), 'cultivo-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

preparePages(folder);
const pages = DOCUMENTS.flatMap((document) => writePage(folder, document) ?? []);

describe.each(pages)('$document', async ({ tests }) => {
  const failed: unknown[] = [];
  for (const file of tests) await import(file).catch((error: unknown) => failed.push(error));
  test('its code can be loaded', () => {
    if (failed.length > 0) throw failed[0];
  });
});

test('it compiles', () => {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin/tsc');
  const args = [tsc, '-p', folder, '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
});

const all = DOCUMENTS.flatMap(blocksOf);

test('few blocks are not run, and each says why', () => {
  expect(all.filter(({ notRun }) => notRun !== undefined)).toHaveLength(NOT_RUN);
});

test('languages are those that something here reads', () => {
  const unread = all.filter(({ language }) => !['ts', 'sh', 'csv', 'text', ''].includes(language));
  expect(unread).toEqual([]);
});
