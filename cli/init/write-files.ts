/**
 * Files that appear whole or not at all, and never in the place of another: each is written beside its place and
 * then linked there, which fails where something stands. Each draft is its process's own; what a killed one has left is
 * removed by the next.
 */
import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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
  await removeLeft(file);
  const draft = `${file}.${randomUUID()}${DRAFT_ENDING}`;
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

/** Nobody takes as long as that for a file. */
const LEFT_AFTER_MS = 60_000;

async function removeLeft(file: string): Promise<void> {
  const names = await readdir(dirname(file));
  for (const name of names) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith(DRAFT_ENDING)) continue;
    const path = join(dirname(file), name);
    const found = await stat(path).catch(() => undefined); // its process has just removed it
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_AFTER_MS)
      await rm(path, { force: true });
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
