/** Which files of Markdown the site shows, in the order of its navigation. A test holds the list to the folder. */
import { basename } from 'node:path';

interface PageGroup {
  readonly title: string;
  /** From `docs/` on. */
  readonly files: readonly string[];
}

export const FRONT = 'README.md';

export const GROUPS: readonly PageGroup[] = [
  { title: 'Begin', files: [FRONT, 'tutorial.md'] },
  { title: 'Write', files: ['steps.md', 'conditions.md', 'testing.md'] },
  { title: 'Run', files: ['running.md', 'production.md', 'ingest.md', 'questions.md'] },
  {
    title: 'Know exactly',
    files: ['semantics.md', 'guarantees.md', 'engine.md', '../ARCHITECTURE.md', '../CHANGELOG.md'],
  },
];

export const FILES: readonly string[] = GROUPS.flatMap(({ files }) => files);

/**
 * @example
 * addressOf('../ARCHITECTURE.md') // => 'architecture.html'
 */
export const addressOf = (file: string): string =>
  file === FRONT ? 'index.html' : `${basename(file, '.md').toLowerCase()}.html`;
