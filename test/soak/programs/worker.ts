/** A worker with ingest, as `cultivo worker` composes it, whose CRM is the soak's. */
import { openStore } from '../../../store/open-store.ts';
import { startTemporalServer } from '../../../temporal-server/start-temporal-server.ts';
import { inRealTime } from '../../../worker/hosting.ts';
import { readEnvironment } from '../../../worker/environment.ts';
import { logTemporal, openLog } from '../../../worker/open-log.ts';
import { startCultivo } from '../../../worker/start-cultivo.ts';
import { project } from '../project.ts';
import { httpCrm } from './http-crm.ts';

export interface WorkerOptions {
  readonly crmUrl: string;
  readonly directory: string;
}

// Written by `startWorker`.
const options = JSON.parse(process.argv[2] ?? '') as WorkerOptions;
const environment = readEnvironment();
const log = openLog(environment.LOG_LEVEL);
logTemporal(log);
const store = await openStore({ databaseUrl: environment.DATABASE_URL });
const cultivo = await startCultivo({
  project,
  plans: [...project.plans.values()],
  environment,
  temporal: await startTemporalServer({ environment }),
  store,
  port: 0,
  say: (what) => log.warn(what),
  report: (error, where) => log.error({ where, error: error.message }, 'fault'),
  hosting: {
    ...inRealTime,
    ports: (ports) => ({ ...ports, crm: httpCrm(options.crmUrl) }),
  },
});
process.stdout.write(`${JSON.stringify({ serves: cultivo.ingest.url })}\n`);
await cultivo.running;
