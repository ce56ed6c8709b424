/**
 * The fourth way: the SDK downloads Temporal's CLI into the cache. Where there is no way out to the
 * internet this must be known within seconds, and a download that stops growing must end.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer } from './found-server.ts';
import { isProgram } from './program.ts';
import { withProgress, type Progress } from './progress.ts';
import type { ServerFiles } from './server-files.ts';
import { CLI_VERSION } from './versions.ts';

const LOOK_EVERY_MS = 200;

export interface DownloadOptions {
  readonly files: ServerFiles;
  readonly onProgress: Progress;
  /** How long the first answer of the network may take, ms; default 10,000. */
  readonly reachWithinMs?: number;
  /** How long a download may stand still, ms; default 90,000. */
  readonly stallMs?: number;
  /** The program that downloads; default: the SDK's download. */
  readonly script?: string;
}

export async function downloadServer(options: DownloadOptions): Promise<Answer> {
  const { files, onProgress } = options;
  mkdirSync(files.folder, { recursive: true });
  const problem = await withProgress(
    onProgress,
    `Fetching Temporal CLI ${CLI_VERSION} (once; kept in ${files.folder})`,
    () => download(options),
  );
  if (isProgram(files.downloaded)) return { how: 'download', program: files.downloaded };
  onProgress(`No Temporal CLI from the network: ${problem}`);
  return {
    reason: `${problem}.`,
    fix: 'Let this machine reach https://temporal.download (HTTPS_PROXY is respected).',
  };
}

/** Answers with what went wrong, which counts only where no program has arrived. */
async function download(options: DownloadOptions): Promise<string> {
  const { files, reachWithinMs = 10_000, stallMs = 90_000 } = options;
  const script = options.script ?? fileURLToPath(new URL('download-cli.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, `v${CLI_VERSION}`, files.folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));

  // The SDK creates this file when the network has answered, and writes to it until it is complete.
  const partial = `${files.downloaded}.downloading`;
  const deadline = {
    at: Infinity,
    size: -1,
    problem: `no answer within ${reachWithinMs / 1_000} s`,
  };
  child.stdout.once('data', () => (deadline.at = performance.now() + reachWithinMs));
  const watch = setInterval(() => {
    const size = statSync(partial, { throwIfNoEntry: false })?.size ?? -1;
    if (size > deadline.size) {
      Object.assign(deadline, {
        at: performance.now() + stallMs,
        size,
        problem: 'it came to a halt',
      });
    }
    if (performance.now() < deadline.at) return;
    complaint = deadline.problem;
    child.kill('SIGKILL');
    rmSync(partial, { force: true });
  }, LOOK_EVERY_MS);
  try {
    await once(child, 'close');
  } finally {
    clearInterval(watch);
  }
  return complaint.trim().split('\n').at(-1) || 'the SDK downloaded nothing';
}
