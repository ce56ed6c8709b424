import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { configHere, foldersWithConfig } from './find-config.ts';

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test.each(['ts', 'mts', 'js', 'mjs'])('finds a config that ends in .%s', (ending) => {
  expect(configHere(folderOf(`cultivo.config.${ending}`))).toBe(`cultivo.config.${ending}`);
});

test('TypeScript comes first, and the usual name where there is none', () => {
  expect(configHere(folderOf('cultivo.config.mjs', 'cultivo.config.ts'))).toBe('cultivo.config.ts');
  expect(configHere(folderOf())).toBe('cultivo.config.ts');
});

test('names the nearest folders that have one, packages and hidden folders aside', () => {
  const folder = folderOf(
    'a/b/cultivo.config.js',
    'z/cultivo.config.ts',
    'a/b/c/d/cultivo.config.ts',
    'node_modules/x/cultivo.config.ts',
    '.hidden/cultivo.config.ts',
  );
  expect(foldersWithConfig(folder)).toEqual(['z', join('a', 'b')]);
  expect(foldersWithConfig(join(folder, 'nowhere'))).toEqual([]);
});
