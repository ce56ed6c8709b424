/** Files that outlive a killed process: never half written, and read without what it left unfinished. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, truncate, writeFile } from 'node:fs/promises';

/**
 * Replaces a file in one step: readers see the old one or the new one, whenever the process is killed.
 * (Not flushed to the disk: it outlives the process, not a power cut.)
 */
export async function writeFileAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

/** A file of JSON lines: its values in order, none where there is no such file. An unfinished last line is cut off. */
export async function readLines(path: string): Promise<unknown[]> {
  const content = (await readIfThere(path)) ?? Buffer.alloc(0);
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) await truncate(path, whole.length);
  return whole
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

export const readIfThere = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
