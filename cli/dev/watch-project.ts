/** Says when files of a project were saved: one call for what is saved together, and never two at a time. */
import { watch } from 'chokidar';
import { basename } from 'node:path';

/** Nobody writes journeys there. */
const ELSEWHERE = new Set(['node_modules', 'plans', 'dist', 'coverage']);
const TOGETHER_MS = 100;

/** @returns ends the watch. */
export function watchProject(directory: string, onSaved: () => Promise<void>): () => Promise<void> {
  const watcher = watch(directory, {
    ignoreInitial: true,
    ignored: (path) => {
      const name = basename(path);
      return path !== directory && (name.startsWith('.') || ELSEWHERE.has(name));
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => (working = working.then(onSaved)), TOGETHER_MS);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await working;
  };
}
