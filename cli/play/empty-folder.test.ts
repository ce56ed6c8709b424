import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { storeFolder } from '../load-project.ts';
import { emptyFolder } from './empty-folder.ts';

test('a folder in which people go on is left as it is, and emptied once nobody does', async () => {
  const folder = join(temporaryFolder(), 'play');
  await emptyFolder(folder);
  const store = await openStore({ directory: storeFolder(folder) });
  await expect(emptyFolder(folder)).rejects.toThrow('[store-locked]');
  expect(existsSync(join(storeFolder(folder), 'data'))).toBe(true);
  await store.close();
  await emptyFolder(folder);
  expect(existsSync(folder)).toBe(false);
});
