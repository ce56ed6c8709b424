/** Runs a server program until it serves; where someone took the port that was chosen, with another one. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { reachServer } from './reach-server.ts';
import { addMissingSearchAttributes } from './search-attributes.ts';
import { serverFlags } from './server-flags.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const HOST = '127.0.0.1';
const SERVES_WITHIN_MS = 60_000;
const ATTEMPTS = 5;

export interface RunServerOptions {
  readonly namespace: string;
  /** Default: a free one. */
  readonly port?: number;
  /** 0: a free one; default: no web UI. */
  readonly uiPort?: number;
  /** SQLite file; default: in memory. */
  readonly file?: string;
  /** Whether workflows may skip time; default true. */
  readonly timeSkipping?: boolean;
}

export interface RunningServer {
  /** host:port */
  readonly address: string;
  readonly uiUrl: string | null;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Resolves when the server has ended. */
  stop(): Promise<void>;
}

export async function runServer(
  program: string,
  options: RunServerOptions,
): Promise<RunningServer> {
  const { namespace, file, timeSkipping = true } = options;
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const uiPort = options.uiPort === 0 ? await freePort() : options.uiPort;
    const flags = serverFlags({ host: HOST, port, uiPort, namespace, file, timeSkipping });
    const server = startServerProcess(program, flags);
    try {
      await waitUntilServing(server, program, `${HOST}:${port}`, namespace);
    } catch (error) {
      await server.stop();
      if (attempt < ATTEMPTS && isAboutChosenPort(error, options)) continue;
      throw error;
    }
    server.unref();
    return {
      address: `${HOST}:${port}`,
      uiUrl: uiPort === undefined ? null : `http://${HOST}:${uiPort}`,
      ended: server.ended,
      stop: () => server.stop(),
    };
  }
}

async function waitUntilServing(
  server: ServerProcess,
  program: string,
  address: string,
  namespace: string,
): Promise<void> {
  await server.started;
  if (!server.isRunning()) throw died(server, program);
  const connection = await reachServer({
    connect: { address },
    namespace,
    withinMs: SERVES_WITHIN_MS,
    isWorthWaiting: () => server.isRunning(),
  }).catch((error: unknown) => {
    throw server.isRunning() ? error : died(server, program);
  });
  try {
    await addMissingSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

function died(server: ServerProcess, program: string): TemporalServerError {
  const said = server.output() || 'nothing';
  // Both programs look at their ports first, and name the one that is taken.
  const isPort = /address already in use|can't set .*port/i.test(said);
  return new TemporalServerError(
    isPort ? 'temporal-port-in-use' : 'temporal-server-died',
    `${program} ended before it served. It said:\n  ${said.replaceAll('\n', '\n  ')}\n`,
  );
}

/** True for a port that we chose and someone took before it was used; one that was given stays taken. */
function isAboutChosenPort(error: unknown, { port, uiPort }: RunServerOptions): boolean {
  if (!(error instanceof TemporalServerError) || error.code !== 'temporal-port-in-use')
    return false;
  return [port, uiPort].every(
    (given) => !given || !new RegExp(`\\b${given}\\b`).test(error.message),
  );
}

/** A port that nobody listens on. Someone may take it before it is used. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('A TCP server on port 0 has no port.');
  }
  return address.port;
}
