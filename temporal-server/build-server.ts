/**
 * The fifth way: the server built from Go modules, for machines that reach a Go module proxy and
 * nothing else. One process builds, the others wait for it; the file appears when it is complete.
 */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holderName, withLock } from '../store/file-lock.ts';
import type { Answer } from './found-server.ts';
import { isProgram, programOnPath, runProgram } from './program.ts';
import { withProgress, type Progress } from './progress.ts';
import type { ServerFiles } from './server-files.ts';
import { LEAST_GO_VERSION, SERVER_VERSION } from './versions.ts';

const FIX = `Install Go ${LEAST_GO_VERSION} or later (https://go.dev/dl) and let it reach a module proxy (GOPROXY).`;

export interface BuildOptions {
  /** PATH, where `go` is looked for. */
  readonly path: string;
  readonly files: ServerFiles;
  /** The folder of the Go sources. */
  readonly sources: string;
  readonly onProgress: Progress;
}

export async function buildServer(options: BuildOptions): Promise<Answer> {
  const { path, files, onProgress } = options;
  const go = programOnPath('go', path);
  if (go === undefined) return { reason: 'no `go` on the PATH.', fix: FIX };
  return withLock(
    join(files.folder, 'build.lock'),
    (holder) => onProgress(`Waiting for ${holderName(holder)}, which builds a Temporal server`),
    async () => {
      if (!isProgram(files.built)) {
        const problem = await build(go, options);
        if (problem !== null) return { reason: problem, fix: FIX };
      }
      return { how: 'go', program: files.built };
    },
  );
}

async function build(go: string, options: BuildOptions): Promise<string | null> {
  const { files, sources, onProgress } = options;
  removeDrafts(files);
  const draft = `${files.built}.${process.pid}.draft`;
  const script = fileURLToPath(new URL('go-build.mjs', import.meta.url));
  const { exitCode, complaint } = await withProgress(
    onProgress,
    `Building Temporal server ${SERVER_VERSION} from Go modules (about 8 minutes on 2 cores; once, kept in ${files.folder})`,
    () => runProgram(process.execPath, [script, go, sources, draft]),
  );
  if (exitCode !== 0) return `\`go build\` failed: ${complaint}`;
  renameSync(draft, files.built);
  return null;
}

/** What builds that were killed have left; nobody else builds while the lock is held. */
function removeDrafts(files: ServerFiles): void {
  for (const name of readdirSync(files.folder)) {
    if (name.startsWith(`${basename(files.built)}.`) && name.endsWith('.draft')) {
      rmSync(join(files.folder, name));
    }
  }
}
