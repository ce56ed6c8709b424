/** The server that a benchmark runs on, started once per process, with the connections to it. */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { readEnvironment } from '../worker/environment.ts';
import { logTemporal, openLog } from '../worker/open-log.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';

export interface BenchServer {
  readonly address: string;
  readonly namespace: string;
  readonly connection: Connection;
  readonly native: NativeConnection;
  readonly client: Client;
  readonly cacheDirectory: string;
}

let started: Promise<BenchServer> | undefined;

/** An in-memory server that this process takes with it when it ends. */
export const benchServer = (): Promise<BenchServer> => (started ??= start());

async function start(): Promise<BenchServer> {
  logTemporal(openLog('error'));
  const environment = readEnvironment();
  const { address, namespace } = await startTemporalServer({ environment });
  const connection = await Connection.connect({ address });
  return {
    address,
    namespace,
    connection,
    native: await NativeConnection.connect({ address }),
    client: new Client({ connection, namespace }),
    cacheDirectory: environment.CULTIVO_CACHE,
  };
}
