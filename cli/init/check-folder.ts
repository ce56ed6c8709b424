/** Whether a folder may become a project: it is empty, or holds nothing that `init` would not have put there. */
import { readdir } from 'node:fs/promises';
import type { FileState } from './write-files.ts';
import { DRAFT_ENDING } from './write-files.ts';

/** What git, a file manager, and an earlier run's installation leave. */
const NO_MATTER: ReadonlySet<string> = new Set([
  '.DS_Store',
  '.git',
  'node_modules',
  'package-lock.json',
  'pnpm-lock.yaml',
]);

const MOST_NAMED = 3;

/**
 * @throws Error [folder-not-empty, folder-unusable]
 */
export async function requireRoom(
  shown: string,
  folder: string,
  states: ReadonlyMap<string, FileState>,
): Promise<void> {
  const ours = new Set([...states.keys()].map((path) => path.split('/')[0] ?? ''));
  const foreign = (await entriesOf(shown, folder)).filter(
    (name) => !ours.has(name) && !NO_MATTER.has(name) && !name.endsWith(DRAFT_ENDING),
  );
  const different = [...states].flatMap(([path, state]) => (state === 'other' ? [path] : []));
  const found = [...foreign, ...different].sort();
  if (found.length === 0) return;
  const more = found.length - MOST_NAMED;
  const named = [...found.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  throw new Error(
    `${shown}: expected an empty folder, received one with ${named}. Name another one, or add ` +
      'what is missing with --force, which overwrites nothing. [folder-not-empty]',
  );
}

/** One that is not there yet has none. */
const entriesOf = (shown: string, folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw folderUnusable(shown, error);
  });

export const folderUnusable = (shown: string, { code, message }: NodeJS.ErrnoException): Error =>
  new Error(
    `${shown}: expected a folder to write to, received ${code ?? message}. Name another one. [folder-unusable]`,
  );
