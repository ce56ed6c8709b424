/** Everything that the soak plays with, started: services, and the links between them that may be cut. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../temporal-server/run-server.ts';
import { freezableProxy } from '../freezable-proxy.ts';
import type { Link } from './chaos.ts';
import { refusedAddresses } from './crowd.ts';
import type { Guard } from './guard.ts';
import type { Service } from './service.ts';
import { startPostgres } from './start-postgres.ts';
import { startVendors, startWorker } from './start-programs.ts';
import { startTemporal } from './start-temporal.ts';

export interface System {
  readonly workers: readonly Service[];
  /** The workers first: in the order in which they end. */
  readonly services: readonly Service[];
  readonly links: readonly Link[];
  /** Past all links. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly journals: { readonly resend: string; readonly crm: string };
  /** From the moment on when it is there the vendors have no faults. */
  readonly healthyFile: string;
}

export const NAMESPACE = 'soak';
export const KEY = 'soak-admin';
const WORKERS = 2;
const MOST_PEOPLE = 20_000;
const HOST = '127.0.0.1';

export async function startSystem(folder: string, seed: number, guard: Guard): Promise<System> {
  const ports = {
    postgres: await freePort(),
    temporal: await freePort(),
    resend: await freePort(),
    crm: await freePort(),
  };
  const journals = { resend: join(folder, 'resend.jsonl'), crm: join(folder, 'crm.jsonl') };
  const healthyFile = join(folder, 'healthy');
  const place = { folder, guard };
  const postgres = await startPostgres({ ...place, port: ports.postgres });
  const temporal = await startTemporal({ ...place, port: ports.temporal, namespace: NAMESPACE });
  const vendors = await startVendors(
    {
      seed,
      resendPort: ports.resend,
      crmPort: ports.crm,
      resendJournal: journals.resend,
      crmJournal: journals.crm,
      healthyFile,
      refused: refusedAddresses(MOST_PEOPLE),
    },
    place,
  );
  const links: Link[] = [];
  const workers: Service[] = [];
  for (let i = 1; i <= WORKERS; i += 1) {
    const name = `worker-${i}`;
    const through = async (to: keyof typeof ports): Promise<number> => {
      const proxy = await freezableProxy({ host: HOST, port: ports[to] });
      links.push({ name: `${name} to ${to}`, proxy });
      return proxy.port;
    };
    const directory = join(folder, name);
    mkdirSync(directory);
    const env = {
      TEMPORAL_ADDRESS: `${HOST}:${await through('temporal')}`,
      TEMPORAL_NAMESPACE: NAMESPACE,
      DATABASE_URL: `postgres://postgres@${HOST}:${await through('postgres')}/postgres`,
      RESEND_API_KEY: 're_soak',
      RESEND_BASE_URL: `http://${HOST}:${await through('resend')}`,
      CULTIVO_WRITE_KEY: 'soak-write',
      CULTIVO_ADMIN_KEY: KEY,
      LOG_LEVEL: 'info',
    };
    const options = { crmUrl: `http://${HOST}:${await through('crm')}`, directory };
    workers.push(await startWorker(name, options, env, place));
  }
  return {
    workers,
    services: [...workers, vendors, temporal, postgres],
    links,
    databaseUrl: `postgres://postgres@${HOST}:${ports.postgres}/postgres`,
    temporalAddress: `${HOST}:${ports.temporal}`,
    journals,
    healthyFile,
  };
}
