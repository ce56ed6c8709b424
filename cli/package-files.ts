/** This package, from its sources as from what is built: its files, and how its command is called. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** From sources the package is one folder up, built two. */
const FOLDERS = ['..', '../..'];

export const packageFile = (path: string): string | undefined =>
  FOLDERS.map((folder) => fileURLToPath(new URL(`${folder}/${path}`, import.meta.url))).find(
    (file) => existsSync(file),
  );

export function packageVersion(): string {
  const file = packageFile('package.json');
  if (file === undefined) return 'unknown';
  const { version }: { version?: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version ?? 'unknown';
}

/** For hints. Installed, the command is found through npx; in a checkout of this repository, through its npm script. */
export const CALLED_AS = import.meta.url.endsWith('.ts') ? 'npm run cultivo --' : 'npx cultivo';
