/** The package.json of a new project: exact versions, those that this cultivo was tested with. */
import { readFileSync } from 'node:fs';
import { packageFile } from '../package-files.ts';

export interface OwnManifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly devDependencies: { readonly [name: string]: string };
}

export function readOwnManifest(): OwnManifest {
  const file = packageFile('package.json');
  if (file === undefined) {
    throw new Error(
      'cultivo: expected its own package.json, received none. Install cultivo anew. [broken-package]',
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

export interface Dependencies {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

/** @param cultivo its version, or where else it is installed from. */
export function dependenciesOf({ devDependencies: tested }: OwnManifest, cultivo: string) {
  const pinned = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, tested[name] ?? 'latest']));
  return {
    dependencies: { cultivo, ...pinned('zod') },
    devDependencies: pinned('typescript', 'vitest'),
  } satisfies Dependencies;
}

export const manifestText = (
  name: string,
  { engines }: OwnManifest,
  dependencies: Dependencies,
): string =>
  `${JSON.stringify(
    {
      name,
      private: true,
      type: 'module',
      engines,
      scripts: {
        dev: 'cultivo dev',
        play: 'cultivo play',
        test: 'vitest run',
        check: 'tsc && cultivo lock --check',
        lock: 'cultivo lock',
      },
      ...dependencies,
    },
    null,
    2,
  )}\n`;

const MOST_LETTERS = 214;
const FALLBACK_NAME = 'journeys';

/** A project of the name of one of its own dependencies would be taken for it. */
const TAKEN: readonly string[] = ['cultivo', 'zod', 'typescript', 'vitest', 'node_modules'];

/**
 * The name of a package, from that of its folder.
 *
 * @example
 * packageNameOf('Captación 2026, España') // => 'captacion-2026-espana'
 */
export function packageNameOf(folder: string): string {
  const name = folder
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .slice(0, MOST_LETTERS)
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[^a-z0-9]+$/, '');
  if (name === '') return FALLBACK_NAME;
  return TAKEN.includes(name) ? `${name}-${FALLBACK_NAME}` : name;
}
