/** Files that outlive a killed process: never half written. */
import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';

/**
 * Replaces a file in one step: readers see the old one or the new one, whenever the process is killed.
 * (Not flushed to the disk: it outlives the process, not a power cut.)
 */
export async function writeFileAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
