/** The soak's own programs as services: the vendors, and workers that are reached by their links alone. */
import { fileURLToPath } from 'node:url';
import type { Guard } from './guard.ts';
import { Service } from './service.ts';
import type { WorkerOptions } from './programs/worker.ts';
import type { VendorsOptions } from './programs/vendors.ts';

interface Place {
  readonly folder: string;
  readonly guard: Guard;
}

async function startProgram(
  name: string,
  program: 'worker' | 'vendors',
  { folder, guard }: Place,
  { options, env = {} }: { readonly options: object; readonly env?: NodeJS.ProcessEnv },
): Promise<Service> {
  const file = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const service = new Service({
    name,
    program: process.execPath,
    args: [
      ...['--import', import.meta.resolve('tsx'), '--conditions=source'],
      ...[file, JSON.stringify(options)],
    ],
    env,
    serves: /^\{"serves"/,
    folder,
    guard,
  });
  await service.start();
  return service;
}

export const startVendors = (options: VendorsOptions, place: Place): Promise<Service> =>
  startProgram('vendors', 'vendors', place, { options });

export const startWorker = (
  name: string,
  options: WorkerOptions,
  env: NodeJS.ProcessEnv,
  place: Place,
): Promise<Service> => startProgram(name, 'worker', place, { options, env });

/** Where a worker's ingest is; undefined while it does not serve. */
export const ingestOf = ({ says }: Service): string | undefined =>
  // Written by `programs/worker.ts`.
  says === undefined ? undefined : (JSON.parse(says) as { readonly serves: string }).serves;
