/** Which copy of a package modules of a folder get: looked for as Node does, without loading it. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** What our declarations are read by: `test/types` holds them to it. */
export const LEAST_TYPESCRIPT = [5, 8] as const;

export interface InstalledPackage {
  readonly version: string;
  /** Its folder, links followed: two that differ are two copies. */
  readonly folder: string;
}

export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  const places = createRequire(join(resolve(from), 'module.js')).resolve.paths(name) ?? [];
  const found = places
    .map((place) => join(place, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (found === undefined) return undefined;
  const { version = '0.0.0' }: { version?: string } = JSON.parse(
    readFileSync(join(found, 'package.json'), 'utf8'),
  );
  return { version, folder: realpathSync(found) };
}

/**
 * Whether a version is at least that one, by its first two numbers.
 *
 * @example
 * isAtLeast('5.10.1', [5, 8]) // => true
 */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}
