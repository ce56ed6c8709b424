/** Says when files of a project were saved: one call for what is saved together, and never two at a time. */
import { watch } from 'chokidar';
import { basename, sep } from 'node:path';

/** Nobody writes journeys there. */
const ELSEWHERE = new Set(['node_modules', 'plans', 'dist', 'coverage']);
const TOGETHER_MS = 100;

/**
 * @param elsewhere where people are kept: it changes all the time.
 * @returns ends the watch, once what is at hand is done.
 */
export function watchProject(
  directory: string,
  elsewhere: { readonly data: string },
  onSaved: () => Promise<void>,
): () => Promise<void> {
  const watcher = watch(directory, {
    ignoreInitial: true,
    ignored: (path) => {
      const name = basename(path);
      const isOurs = path === elsewhere.data || path.startsWith(elsewhere.data + sep);
      return isOurs || (path !== directory && (name.startsWith('.') || ELSEWHERE.has(name)));
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isSavedSince = false;
  let isOver = false;
  const work = async (): Promise<void> => {
    do {
      isSavedSince = false;
      await onSaved();
    } while (isSavedSince && !isOver);
    working = undefined;
  };
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // However often it was saved meanwhile, it is taken up once more.
      if (working === undefined) working = work();
      else isSavedSince = true;
    }, TOGETHER_MS);
  });
  // A link to itself, a folder of somebody else's, too many files: the rest is watched.
  watcher.on('error', () => undefined);
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await watcher.close();
    await working;
  };
}
