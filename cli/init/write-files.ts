/**
 * Files that appear whole or not at all, and never in the place of another: each is written beside its place and
 * then linked there, which fails where something stands. What a killed process leaves is overwritten by the next.
 */
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProjectFiles } from './project-files.ts';

/** Nobody else's: a draft that was left behind is no reason to refuse a folder. */
export const DRAFT_ENDING = '.cultivo-draft';

export type FileState = 'missing' | 'same' | 'other';

/** What stands in the place of each file. */
export async function statesOf(
  folder: string,
  files: ProjectFiles,
): Promise<ReadonlyMap<string, FileState>> {
  const states = new Map<string, FileState>();
  for (const [path, text] of files) {
    const there = await readFile(join(folder, path), 'utf8').catch(
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : null),
    );
    states.set(path, there === undefined ? 'missing' : there === text ? 'same' : 'other');
  }
  return states;
}

/** @returns whether it was written; not where something stands already. */
export async function writeNew(file: string, text: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}${DRAFT_ENDING}`;
  await writeFile(draft, text);
  try {
    await linkOrRename(draft, file);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Some shared folders have no links: there the look before must do. */
async function linkOrRename(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (existsSync(file) || !isErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
    await rename(draft, file);
  }
}

const isErrno = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
