/** What to type after `init`, in order. */
import type { PackageManager } from './package-manager.ts';
import type { Dependencies } from './package-manifest.ts';

interface Situation {
  /** From where the command was called; empty: here. */
  readonly folder: string;
  readonly packageManager: PackageManager;
  readonly installed: boolean;
  /** What a package.json that stays as it is does not ask for; undefined: it is ours. */
  readonly lacking: Dependencies | undefined;
}

/**
 * @example
 * nextCommands({ folder: 'mis viajes', packageManager: 'npm', installed: false, lacking: undefined })
 * // => ["cd 'mis viajes'", 'npm install', 'npm test', 'npm run dev']
 */
export function nextCommands(situation: Situation): readonly string[] {
  const { folder, packageManager: pm, installed, lacking } = situation;
  const go = folder === '' ? [] : [`cd ${inShell(folder)}`];
  if (lacking === undefined)
    return [...go, ...(installed ? [] : [`${pm} install`]), `${pm} test`, `${pm} run dev`];
  const add = pm === 'npm' ? 'npm install' : 'pnpm add';
  const run = pm === 'npm' ? 'npx' : 'pnpm exec';
  return [
    ...go,
    `${add} ${packages(lacking.dependencies)}`,
    `${add} --save-dev ${packages(lacking.devDependencies)}`,
    `${run} vitest run`,
    `${run} cultivo dev`,
  ];
}

const packages = (dependencies: { readonly [name: string]: string }): string =>
  Object.entries(dependencies)
    .map(([name, version]) => inShell(`${name}@${version}`))
    .join(' ');

const inShell = (text: string): string =>
  /^[\w@:./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
