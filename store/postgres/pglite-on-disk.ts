/**
 * Makes the embedded Postgres keep what it has promised through a loss of power, as a server does: it is
 * built to run without, so its file system is given the `fsync` that it lacks, and Postgres told to use it.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';

/** A file of Emscripten's Node file system; a directory has no descriptor. */
interface OpenFile {
  readonly nfd?: number;
}

interface WithNodeFiles {
  readonly NODEFS: { readonly stream_ops: { fsync?: (file: OpenFile) => number } };
}

/** Postgres's parameter that says "never fsync". */
const NO_FSYNC = '-F';
/** Its default, fdatasync, does nothing in WebAssembly. */
const SYNC_PARAMETERS = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];

/** What an embedded Postgres in this directory is started with. */
export async function onDisk(dataDir: string): Promise<PGliteOptions> {
  const [{ PGlite: Embedded }, { NodeFS }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/nodefs'),
  ]);
  class SyncedFiles extends NodeFS {
    override async init(...given: Parameters<InstanceType<typeof NodeFS>['init']>) {
      const { emscriptenOpts } = await super.init(...given);
      const useFsync = (module: unknown): void => {
        // Emscripten's hooks are typed without the file systems that it was built with.
        (module as WithNodeFiles).NODEFS.stream_ops.fsync = sync;
      };
      return {
        emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), useFsync] },
      };
    }
  }
  return {
    fs: new SyncedFiles(dataDir),
    startParams: [
      ...Embedded.defaultStartParams.filter((parameter) => parameter !== NO_FSYNC),
      ...SYNC_PARAMETERS,
    ],
  };
}

export const isNew = (dataDir: string): boolean => !existsSync(join(dataDir, 'PG_VERSION'));

/** For a new directory: its first files are written before Postgres itself could sync any. */
export function syncAll(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else if (entry.isFile()) syncPath(path);
  }
  // Windows opens no directories, and keeps their entries without.
  if (process.platform !== 'win32') syncPath(directory);
}

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function sync({ nfd }: OpenFile): number {
  if (nfd !== undefined) fsyncSync(nfd);
  return 0;
}
