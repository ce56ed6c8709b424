/** Where a project's config is when nobody names one, and which folders have one when it is not here. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The first that is there counts. */
const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `cultivo.config.${ending}`);
const [DEFAULT_CONFIG = ''] = CONFIG_NAMES;

const MOST_DEEP = 3;
const MOST_NAMED = 3;

/** The config of this folder; the usual name where there is none. */
export const configHere = (folder = '.'): string =>
  CONFIG_NAMES.find((name) => existsSync(join(folder, name))) ?? DEFAULT_CONFIG;

/** The nearest folders below that have a config: few, and none of packages or hidden ones. */
export function foldersWithConfig(folder = '.'): readonly string[] {
  const found: string[] = [];
  let level: readonly string[] = [''];
  for (let deep = 0; deep < MOST_DEEP && found.length < MOST_NAMED; deep += 1) {
    level = level.flatMap((path) => foldersIn(folder, path));
    found.push(...level.filter((path) => hasConfig(join(folder, path))));
  }
  return found.slice(0, MOST_NAMED);
}

const hasConfig = (folder: string): boolean =>
  CONFIG_NAMES.some((name) => existsSync(join(folder, name)));

/** A folder that may not be read has none. */
function foldersIn(folder: string, path: string): readonly string[] {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
      .map((entry) => join(path, entry.name))
      .sort();
  } catch {
    return [];
  }
}
