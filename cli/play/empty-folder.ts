/** Empties the folder of the last play, unless somebody goes on with its people: theirs would be lost under them. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from '../../store/file-lock.ts';
import { StoreLockedError } from '../../store/store-locked-error.ts';
import { storeFolder } from '../load-project.ts';

/** @throws StoreLockedError [store-locked] */
export async function emptyFolder(folder: string): Promise<void> {
  const directory = storeFolder(folder);
  if (existsSync(directory)) {
    const lock = tryLock(join(directory, 'store.lock'));
    if (!lock.taken) throw new StoreLockedError(directory, lock.holder);
    lock.release();
  }
  await rm(folder, { recursive: true, force: true });
}
