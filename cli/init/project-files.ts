/**
 * The files of a new project: those of `create/template` as they are, those of its package manager's folder, and
 * package.json. What depends on the project or the machine (name, commands, time zone) is put into finished texts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../package-files.ts';
import type { PackageManager } from './package-manager.ts';

/** Paths with slashes to texts, sorted by path. */
export type ProjectFiles = ReadonlyMap<string, string>;

export interface ProjectTraits {
  readonly name: string;
  readonly packageManager: PackageManager;
  /** Of leads that have none: the author's own, so that what is tried by day is not kept until the morning. */
  readonly fallbackZone: string;
  readonly manifest: string;
}

/** npm would leave a `.gitignore` out of the package, and ignore by it. */
const STORED_AS: ReadonlyMap<string, string> = new Map([['.gitignore', 'gitignore']]);

export function projectFiles(traits: ProjectTraits): ProjectFiles {
  const files = new Map([
    ...filesOf('create/template'),
    ...filesOf(`create/${traits.packageManager}`),
    ['package.json', traits.manifest],
  ]);
  for (const [name, stored] of STORED_AS) rename(files, stored, name);
  edit(files, 'cultivo.config.ts', (text) =>
    text.replace(/(?<=fallbackZone: )'[^']*'/, `'${traits.fallbackZone}'`),
  );
  edit(files, 'README.md', (text) => {
    const commands = text.replaceAll(/`npm /g, `\`${traits.packageManager} `);
    return commands.replace(/^# .*/, `# ${traits.name}`);
  });
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function filesOf(folder: string): readonly (readonly [string, string])[] {
  const place = packageFile(folder);
  if (place === undefined) {
    throw new Error(
      `cultivo: expected its folder ${folder}, received none. Install cultivo anew. [broken-package]`,
    );
  }
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [slashed(file.slice(place.length + 1)), readFileSync(file, 'utf8')]);
}

const slashed = (path: string): string => path.replaceAll('\\', '/');

function rename(files: Map<string, string>, from: string, to: string): void {
  const text = files.get(from);
  if (text === undefined) return;
  files.delete(from);
  files.set(to, text);
}

function edit(files: Map<string, string>, path: string, change: (text: string) => string): void {
  const text = files.get(path);
  if (text !== undefined) files.set(path, change(text));
}
