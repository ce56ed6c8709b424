/** `--url` and `--key`: where ingest is and how to be let in. */
import { Option } from 'commander';
import { ingestClient, type IngestClient } from './ingest-client.ts';

export const DEFAULT_PORT = 4_000;

export interface IngestOptions {
  readonly url?: string;
  readonly key?: string;
}

export const ingestOptions = (): readonly Option[] => [
  new Option(
    '--url <url>',
    `where ingest is (default: http://127.0.0.1 at PORT, or ${DEFAULT_PORT})`,
  ),
  new Option('--key <key>', 'the write key (default: CULTIVO_WRITE_KEY)'),
];

/** A client for the ingest that the options name, or else the environment. */
export async function openIngest(options: IngestOptions): Promise<IngestClient> {
  const { readEnvironment } = await import('../worker/environment.ts');
  const { CULTIVO_WRITE_KEY, PORT = DEFAULT_PORT } = readEnvironment();
  return ingestClient({
    url: options.url ?? `http://127.0.0.1:${PORT}`,
    key: options.key ?? CULTIVO_WRITE_KEY,
  });
}
