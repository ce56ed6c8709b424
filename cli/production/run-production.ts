/**
 * Worker and ingest of a deployment. Only locked plans run, so what runs was reviewed; what is missing for
 * people under way is said before anything is served.
 */
import { withoutPersonalData } from '../../activities/without-personal-data.ts';
import { readLock } from '../../review/lock.ts';
import { openStore } from '../../store/open-store.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { whileOpen } from '../../worker/closing.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import { answer } from '../answer.ts';
import { loadProject, plansFolder } from '../load-project.ts';
import { DEFAULT_PORT, type Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import {
  type MissingPlan,
  missingPlans,
  printMissing,
  requireLocked,
  requireVariables,
} from './check-deployment.ts';

export interface ProductionOptions extends Globals {
  readonly port?: number;
  readonly host?: string;
  readonly taskQueue: string;
}

export interface Serving {
  readonly ingest: string;
  readonly temporal: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** How many plans people can be in here. */
  readonly plans: number;
  readonly missing: readonly MissingPlan[];
}

/**
 * Runs until `asked` resolves or the worker cannot go on.
 *
 * @throws Error [environment-incomplete, not-locked, lock-damaged, port-in-use], StoreUnavailableError, TemporalServerError.
 */
export async function runProduction(
  options: ProductionOptions,
  terminal: Terminal,
  asked: Promise<void>,
): Promise<void> {
  const environment = readEnvironment();
  const databaseUrl = requireVariables(environment);
  const { project, directory } = await loadProject(options.config);
  const locked = await readLock(plansFolder(directory));
  requireLocked(project.plans.values(), locked);
  for (const line of project.advice) terminal.note(line);
  const log = openLog(environment.LOG_LEVEL);
  logTemporal(log);
  await whileOpen(async (opened) => {
    const store = await openStore({ databaseUrl, onWait: (what) => log.info(what) });
    opened.add(() => store.close());
    const missing = await missingPlans(store, locked);
    if (missing.length > 0) terminal.note(printMissing(missing));
    if (environment.CULTIVO_ADMIN_KEY === undefined) terminal.note(NO_ADMIN_KEY);
    const cluster = await startTemporalServer({ environment });
    const cultivo = await startCultivo({
      project,
      plans: locked,
      environment,
      temporal: cluster,
      store,
      taskQueue: options.taskQueue,
      port: options.port ?? environment.PORT ?? DEFAULT_PORT,
      host: options.host,
      say: (what) => log.warn(what),
      report: (error, where) =>
        log.error({ where, error: withoutPersonalData(error.message) }, 'fault'),
    });
    opened.add(() => cultivo.stop());
    const serving: Serving = {
      ingest: cultivo.ingest.url,
      temporal: cluster.address,
      namespace: cluster.namespace,
      taskQueue: cultivo.taskQueue,
      plans: locked.length,
      missing,
    };
    answer(terminal, options, serving, () => printServing(serving));
    await Promise.race([asked, cultivo.running]);
  });
}

const NO_ADMIN_KEY =
  'CULTIVO_ADMIN_KEY is not set: behaviour comes in, and nobody enrols, retries or asks for status until it is.';

const printServing = ({ ingest, temporal, namespace, taskQueue, plans }: Serving): string =>
  `Serving: ingest ${ingest}, Temporal ${temporal}, namespace ${namespace}, task queue ${taskQueue}, ${plans} plans.`;
