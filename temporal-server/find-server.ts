/** The one place that decides which Temporal server is used: five ways, tried in order, first one wins. */
import { fileURLToPath } from 'node:url';
import { buildServer } from './build-server.ts';
import { downloadServer, type DownloadOptions } from './download-server.ts';
import type { Answer, FoundServer, How, NotFound } from './found-server.ts';
import { isProgram } from './program.ts';
import type { Progress } from './progress.ts';
import { serverFiles, type ServerFiles } from './server-files.ts';
import { serverOnPath } from './server-on-path.ts';
import { TemporalServerError } from './temporal-server-error.ts';

export interface FindServerOptions {
  /** TEMPORAL_ADDRESS */
  readonly address: string | undefined;
  /** PATH */
  readonly path: string;
  /** CULTIVO_CACHE */
  readonly cache: string;
  readonly onProgress: Progress;
  /** The folder of the Go sources; default: this one. */
  readonly sources?: string;
  readonly download?: Pick<DownloadOptions, 'script' | 'reachWithinMs' | 'stallMs'>;
}

const NAMES: { readonly [how in How]: string } = {
  address: 'TEMPORAL_ADDRESS',
  path: '`temporal` on the PATH',
  cache: 'copy in the cache',
  download: 'download by the SDK',
  go: 'build from Go modules',
};

/**
 * Finds a Temporal server, or makes one.
 *
 * @throws TemporalServerError [no-temporal-server] with the reason and the fix for each of the five ways.
 */
export async function findServer(options: FindServerOptions): Promise<FoundServer> {
  const { address, path, cache, onProgress } = options;
  const sources = options.sources ?? fileURLToPath(new URL('.', import.meta.url));
  const files = serverFiles(cache, sources);
  const ways: readonly [How, () => Answer | Promise<Answer>][] = [
    ['address', () => runningServer(address)],
    ['path', () => serverOnPath(path)],
    ['cache', () => cachedServer(files)],
    ['download', () => downloadServer({ files, onProgress, ...options.download })],
    ['go', () => buildServer({ path, files, sources, onProgress })],
  ];
  const failures: string[] = [];
  for (const [how, look] of ways) {
    const answer = await look();
    if ('how' in answer) return answer;
    failures.push(describe(failures.length + 1, how, answer));
  }
  throw new TemporalServerError(
    'no-temporal-server',
    `No Temporal server was found and none could be made; any one of these ways is enough:\n${failures.join('\n')}`,
  );
}

/** One that is on this machine already, looked for and not made. */
export async function serverHere(
  options: Pick<FindServerOptions, 'path' | 'cache'>,
): Promise<Extract<FoundServer, { readonly program: string }> | undefined> {
  const sources = fileURLToPath(new URL('.', import.meta.url));
  for (const answer of [
    await serverOnPath(options.path),
    cachedServer(serverFiles(options.cache, sources)),
  ])
    if ('program' in answer) return answer;
  return undefined;
}

function runningServer(address: string | undefined): Answer {
  if (address !== undefined) return { how: 'address', address };
  return { reason: 'not set.', fix: 'Set it to the host:port of a cluster that runs.' };
}

function cachedServer({ folder, downloaded, built }: ServerFiles): Answer {
  const program = [downloaded, built].find(isProgram);
  if (program !== undefined) return { how: 'cache', program };
  return {
    reason: `none in ${folder}.`,
    fix: 'Set CULTIVO_CACHE to a folder that has one; a download or a build leaves it there.',
  };
}

function describe(place: number, how: How, { reason, fix }: NotFound): string {
  return `  ${place}. ${NAMES[how]}: ${reason.replaceAll('\n', '\n     ')} ${fix}`;
}
