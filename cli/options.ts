/** Options that several commands have: those of every command, ports, and where ingest is. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { configHere } from './find-config.ts';
import { ingestClient, type IngestClient } from './ingest-client.ts';

export const DEFAULT_PORT = 4_000;
const MOST_PORT = 65_535;

/** Those that every command takes, before or after its name: `optsWithGlobals` of a command has all. */
export interface Globals {
  readonly config: string;
  readonly json?: boolean;
}

export const addGlobalOptions = (program: Command): Command =>
  program
    .option('--config <file>', "the project's config, in TypeScript or JavaScript", configHere())
    .option('--json', 'answer with one JSON document on standard output')
    .option('--trace', 'show where an error happened');

/** For options that may be given again. */
export const collect = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  value,
];

export const portOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text) => {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
    if (port > MOST_PORT) {
      throw new InvalidArgumentError(`Give a number from 0 (any) to ${MOST_PORT}.`);
    }
    return port;
  });

/** For commands that start ingest. */
export const ingestPortOption = (): Option =>
  portOption('--port <port>', `of ingest (default: PORT, or ${DEFAULT_PORT}; 0: any)`);

/** For commands that call an ingest which runs already. */
export interface IngestOptions extends Globals {
  readonly url?: string;
  readonly key?: string;
}

export const urlOption = (): Option =>
  new Option(
    '--url <url>',
    `where ingest is (default: http://127.0.0.1 at PORT, or ${DEFAULT_PORT})`,
  );

export const keyOption = (): Option =>
  new Option(
    '--key <key>',
    'the admin key, or the write key for behaviour alone (default: CULTIVO_ADMIN_KEY, else CULTIVO_WRITE_KEY)',
  );

/** A client for the ingest that the options name, or else the environment. */
export async function openIngest(options: IngestOptions): Promise<IngestClient> {
  const { readEnvironment } = await import('../worker/environment.ts');
  const { CULTIVO_ADMIN_KEY, CULTIVO_WRITE_KEY, PORT = DEFAULT_PORT } = readEnvironment();
  const key = options.key ?? CULTIVO_ADMIN_KEY ?? CULTIVO_WRITE_KEY;
  return ingestClient(options.url ?? `http://127.0.0.1:${PORT}`, key);
}
