/** A Temporal server that keeps what it has in a file: it may be killed, and knows everything when it is back. */
import { join } from 'node:path';
import { findServer } from '../../temporal-server/find-server.ts';
import { reachServer } from '../../temporal-server/reach-server.ts';
import { serverFlags } from '../../temporal-server/server-flags.ts';
import { readEnvironment } from '../../worker/environment.ts';
import type { Guard } from './guard.ts';
import { Service } from './service.ts';

const HOST = '127.0.0.1';
const SERVES_WITHIN_MS = 60_000;

export interface TemporalOptions {
  readonly folder: string;
  readonly port: number;
  readonly namespace: string;
  readonly guard: Guard;
}

export async function startTemporal(options: TemporalOptions): Promise<Service> {
  const { folder, port, namespace, guard } = options;
  const { PATH, CULTIVO_CACHE } = readEnvironment();
  const found = await findServer({
    address: undefined,
    path: PATH,
    cache: CULTIVO_CACHE,
    onProgress: (line) => console.error(line),
  });
  if (found.how === 'address') throw new Error('Soak: expected a server of its own.');
  const file = join(folder, 'temporal.db');
  const service = new Service({
    name: 'temporal',
    program: found.program,
    args: serverFlags({
      host: HOST,
      port,
      uiPort: undefined,
      namespace,
      file,
      timeSkipping: false,
    }),
    // Nothing else goes to its standard output.
    serves: /./,
    folder,
    guard,
  });
  await service.start();
  const connect = { address: `${HOST}:${port}` };
  const connection = await reachServer({ connect, namespace, withinMs: SERVES_WITHIN_MS });
  await connection.close();
  return service;
}
