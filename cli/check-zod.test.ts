import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { requireZod, zodAdvice } from './check-zod.ts';

function folderWithZod(version: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules', 'zod'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'zod', 'package.json'), JSON.stringify({ version }));
  return folder;
}

test('cultivo needs a zod of version 4 beside it', () => {
  expect(() => requireZod(temporaryFolder())).toThrow('[zod-missing]');
  expect(() => requireZod(folderWithZod('3.22.4'))).toThrow('received 3.22.4 of');
  expect(() => requireZod(folderWithZod('4.0.0'))).not.toThrow();
});

test('copies of one version are no matter', () => {
  const folder = folderWithZod('4.1.0');
  expect(zodAdvice(folder, folderWithZod('4.1.0'))).toEqual([]);
  expect(zodAdvice(folder, folderWithZod('4.2.0'))).toHaveLength(1);
  expect(zodAdvice(folder, temporaryFolder())).toEqual([]);
});
