/** Runs a server program until it serves with our settings; a port that someone took is chosen anew. */
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
import { addMissingSearchAttributes } from './registered-search-attributes.ts';
import { dynamicConfig } from './dynamic-config.ts';
import { freePort } from './free-port.ts';
import { reachServer } from './reach-server.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const HOST = '127.0.0.1';
const SERVES_WITHIN_MS = 60_000;
const ATTEMPTS = 5;

export interface RunServerOptions {
  readonly namespace: string;
  readonly port?: number;
  readonly uiPort?: number;
  readonly file?: string;
  readonly timeSkipping?: boolean;
}

export interface RunningServer {
  readonly address: string;
  readonly uiUrl: string | null;
  stop(): Promise<void>;
}

export async function runServer(
  program: string,
  options: RunServerOptions,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const uiPort = options.uiPort === 0 ? await freePort() : options.uiPort;
    const server = startServerProcess(program, flags(options, port, uiPort));
    try {
      await waitUntilServing(server, program, `${HOST}:${port}`, options.namespace);
    } catch (error) {
      await server.stop();
      if (attempt < ATTEMPTS && isBadLuck(error, options)) continue;
      throw error;
    }
    server.unref();
    return {
      address: `${HOST}:${port}`,
      uiUrl: uiPort === undefined ? null : `http://${HOST}:${uiPort}`,
      stop: () => server.stop(),
    };
  }
}

function flags(options: RunServerOptions, port: number, uiPort: number | undefined): string[] {
  const pairs = (flag: string, values: { readonly [name: string]: string }) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    'server',
    'start-dev',
    `--ip=${HOST}`,
    `--port=${port}`,
    `--namespace=${options.namespace}`,
    '--log-level=error',
    ...(uiPort === undefined ? ['--headless'] : [`--ui-port=${uiPort}`]),
    ...(options.file === undefined ? [] : [`--db-filename=${options.file}`]),
    ...pairs('--search-attribute', SEARCH_ATTRIBUTES),
    ...pairs('--dynamic-config-value', dynamicConfig(options.timeSkipping ?? true)),
  ];
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

/** A port that we chose was taken between choosing and using it; one that we were given stays taken. */
function isBadLuck(error: unknown, { port, uiPort }: RunServerOptions): boolean {
  if (!(error instanceof TemporalServerError) || error.code !== 'temporal-port-in-use')
    return false;
  return [port, uiPort].every(
    (given) => !given || !new RegExp(`\\b${given}\\b`).test(error.message),
  );
}
