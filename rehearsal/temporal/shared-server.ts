/** The server of all rehearsals of one process: found or started at first need, stopped when the process ends. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import {
  startTemporalServer,
  type TemporalServer,
} from '../../temporal-server/start-temporal-server.ts';
import { readEnvironment } from '../../worker/environment.ts';

export interface SharedServer {
  readonly address: string;
  readonly namespace: string;
  readonly cacheDirectory: string;
}

interface Wanted {
  readonly address?: string;
  readonly namespace?: string;
  readonly cacheDirectory?: string;
}

let started: Promise<TemporalServer> | undefined;

export async function sharedServer({
  address,
  namespace = 'default',
  cacheDirectory,
}: Wanted): Promise<SharedServer> {
  const environment = readEnvironment();
  const cache = cacheDirectory ?? environment.CULTIVO_CACHE;
  if (address !== undefined) return { address, namespace, cacheDirectory: cache };
  started ??= start();
  const server = await started;
  return { address: server.address, namespace: server.namespace, cacheDirectory: cache };
}

/** A server of its own, whatever cluster the environment names: stories are no business of that one. */
function start(): Promise<TemporalServer> {
  silence();
  return startTemporalServer({
    environment: { ...readEnvironment(), TEMPORAL_ADDRESS: undefined },
  });
}

/** Workers say when they start and stop; tests that pass say nothing. */
function silence(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch {
    // Whoever runs workers in this process has chosen a log.
  }
}
