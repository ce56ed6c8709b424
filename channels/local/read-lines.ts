/** Reads a file of JSON lines, and mends the end that a killed process left unfinished. */
import { readFile, truncate } from 'node:fs/promises';

/** The values in order; none where there is no such file. */
export async function readLines(path: string): Promise<unknown[]> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) await truncate(path, whole.length);
  return whole
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
