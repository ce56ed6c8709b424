/**
 * The development server for everyone: found or made, started with our settings, and gone when this
 * process is. A cluster that TEMPORAL_ADDRESS names is checked and left as it is.
 */
import { holderName, tryLock } from '../store/file-lock.ts';
import { temporalConnectionOptions, type ClusterEnvironment } from './connection-options.ts';
import { findServer } from './find-server.ts';
import type { How } from './found-server.ts';
import { progressPrinter, type Progress } from './progress.ts';
import { reachServer } from './reach-server.ts';
import { runServer, type RunningServer, type RunServerOptions } from './run-server.ts';
import { requireSearchAttributes } from './search-attributes.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const CLUSTER_WITHIN_MS = 10_000;

/** Named as its variables are, so that whoever has read the environment hands it over as it is. */
export interface TemporalServerEnvironment extends ClusterEnvironment {
  readonly TEMPORAL_NAMESPACE: string;
  /** Where programs that were downloaded or built are kept. */
  readonly CULTIVO_CACHE: string;
  /** Where programs are looked for. */
  readonly PATH: string;
}

export interface StartTemporalServerOptions extends Omit<RunServerOptions, 'namespace'> {
  readonly environment: TemporalServerEnvironment;
  /** Default: TEMPORAL_NAMESPACE. */
  readonly namespace?: string;
  /** Default: standard error. */
  readonly onProgress?: Progress;
}

export interface TemporalServer {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | null;
  readonly how: How;
  /** Resolves when the server has ended, whoever ended it; never for a cluster of TEMPORAL_ADDRESS. */
  readonly ended: Promise<void>;
  /** Resolves when the server has ended; a cluster of TEMPORAL_ADDRESS goes on. */
  stop(): Promise<void>;
}

/**
 * Starts a Temporal server that serves when the promise resolves, or reaches the one that
 * TEMPORAL_ADDRESS names. The first start on a machine may download or build it.
 *
 * @throws TemporalServerError by code: no-temporal-server, temporal-server-died, temporal-port-in-use,
 * temporal-file-in-use, temporal-unreachable, missing-search-attributes.
 */
export async function startTemporalServer(
  options: StartTemporalServerOptions,
): Promise<TemporalServer> {
  const { environment, namespace = environment.TEMPORAL_NAMESPACE } = options;
  const printer = progressPrinter();
  const found = await findServer({
    address: environment.TEMPORAL_ADDRESS,
    path: environment.PATH,
    cache: environment.CULTIVO_CACHE,
    onProgress: options.onProgress ?? printer.report,
  }).finally(() => printer.end());

  if (found.how === 'address') return useCluster(found.address, namespace, environment);
  const unlock = lockFile(options.file);
  let running: RunningServer;
  try {
    running = await runServer(found.program, { ...options, namespace });
  } catch (error) {
    unlock();
    throw error;
  }
  return {
    address: running.address,
    namespace,
    uiUrl: running.uiUrl,
    how: found.how,
    ended: running.ended,
    async stop() {
      await running.stop();
      unlock();
    },
  };
}

async function useCluster(
  address: string,
  namespace: string,
  environment: ClusterEnvironment,
): Promise<TemporalServer> {
  const connect = temporalConnectionOptions(environment, address);
  const connection = await reachServer({ connect, namespace, withinMs: CLUSTER_WITHIN_MS });
  try {
    await requireSearchAttributes(connection, namespace, connect);
  } finally {
    await connection.close();
  }
  return {
    address,
    namespace,
    uiUrl: null,
    how: 'address',
    ended: NEVER,
    stop: async () => undefined,
  };
}

const NEVER = new Promise<void>(() => undefined);

/** Two servers on one SQLite file would damage it. */
function lockFile(file: string | undefined): () => void {
  if (file === undefined) return () => undefined;
  const lock = tryLock(`${file}.lock`);
  if (lock.taken) return () => lock.release();
  throw new TemporalServerError(
    'temporal-file-in-use',
    `SQLite file ${file}: expected it free, used by ${holderName(lock.holder)}. End that process, or choose another file.`,
  );
}
