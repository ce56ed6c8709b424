/**
 * Where servers are kept: outside the checkout, named by what they were made from, so that any number
 * of checkouts and versions share one folder and none is ever out of date.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM_SUFFIX } from './program.ts';
import { CLI_VERSION, SERVER_VERSION } from './versions.ts';

export interface ServerFiles {
  readonly folder: string;
  /** The name that the SDK gives to what it downloads. */
  readonly downloaded: string;
  readonly built: string;
}

/**
 * @param cache CULTIVO_CACHE
 * @param sources the folder of the Go sources
 */
export function serverFiles(cache: string, sources: string): ServerFiles {
  const folder = join(cache, `${process.platform}-${process.arch}`);
  return {
    folder,
    downloaded: join(folder, `temporal-v${CLI_VERSION}${PROGRAM_SUFFIX}`),
    built: join(
      folder,
      `temporal-server-${SERVER_VERSION}-${hashSources(sources)}${PROGRAM_SUFFIX}`,
    ),
  };
}

function hashSources(sources: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(sources).toSorted()) {
    if (!/^go\.(mod|sum)$|\.go$/.test(name)) continue;
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(sources, name)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}
