/**
 * Everything of a project on one machine. What people need to go on after a restart lies in one folder:
 * rows, Temporal's histories, and every plan that an earlier run may have put them in.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withoutPersonalData } from '../../activities/without-personal-data.ts';
import type { Plan } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { lock, readLock } from '../../review/lock.ts';
import { openStore } from '../../store/open-store.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { closing } from '../../worker/closing.ts';
import { DEFAULT_PORT } from '../ingest-options.ts';
import { loadProject } from '../load-project.ts';
import {
  dataFolder,
  devPlansFolder,
  plansFolder,
  storeFolder,
  temporalFile,
} from '../project-folders.ts';
import type { Terminal } from '../terminal.ts';
import type { DevPlaces } from './where-to-look.ts';

export interface StartDevOptions {
  readonly config: string;
  readonly port?: number;
  readonly uiPort: number;
  readonly data?: string;
}

export interface Dev {
  readonly project: Project;
  readonly places: DevPlaces;
  /** Rejects when the worker cannot go on. */
  readonly running: Promise<void>;
  stop(): Promise<void>;
}

/** @throws StoreLockedError, TemporalServerError, Error [port-in-use] and those of `loadProject`. */
export async function startDev(options: StartDevOptions, terminal: Terminal): Promise<Dev> {
  const environment = readEnvironment();
  const { project, directory } = await loadProject(options.config);
  for (const line of project.advice) terminal.note(line);
  const data = options.data === undefined ? dataFolder(directory) : resolve(options.data);
  await makeDataFolder(data);
  logTemporal(openLog(environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL));
  const opened = closing();
  try {
    const store = await openStore({
      databaseUrl: environment.DATABASE_URL,
      directory: storeFolder(data),
      onWait: terminal.progress,
    });
    opened.add(() => store.close());
    // The store's lock makes this process the only one that writes here.
    const plans = await keepPlans(project, directory, data);
    terminal.progress('Temporal is starting');
    const server = await startTemporalServer({
      environment,
      file: temporalFile(data),
      uiPort: options.uiPort,
      timeSkipping: false,
    });
    opened.add(() => server.stop());
    terminal.progress('the worker is starting');
    const cultivo = await startCultivo({
      project,
      plans,
      environment,
      temporal: server,
      store,
      directory: data,
      port: options.port ?? environment.PORT ?? DEFAULT_PORT,
      report: (error, where) => terminal.note(`${where}: ${withoutPersonalData(error.message)}`),
    });
    opened.add(() => cultivo.stop());
    return {
      project,
      places: {
        ingest: cultivo.ingest.url,
        temporalUi: server.uiUrl,
        temporal: server.address,
        namespace: server.namespace,
        pages: Object.fromEntries(cultivo.pages.map(({ name, file }) => [name, file])),
        store: environment.DATABASE_URL === undefined ? storeFolder(data) : 'DATABASE_URL',
        data,
        needsKey: environment.CULTIVO_WRITE_KEY !== undefined,
      },
      running: cultivo.running,
      stop: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined); // the error that began it says more
    throw error;
  }
}

/** Nothing in it is for git. */
async function makeDataFolder(data: string): Promise<void> {
  await mkdir(data, { recursive: true });
  await writeFile(join(data, '.gitignore'), '*\n');
}

/** The current plans, the locked ones, and those of earlier runs, each once. */
async function keepPlans(
  project: Project,
  directory: string,
  data: string,
): Promise<readonly Plan[]> {
  const current = [...project.plans.values()];
  await lock({ directory: devPlansFolder(data), plans: current });
  const kept = await readLock(devPlansFolder(data));
  const locked = await readLock(plansFolder(directory));
  return [...new Map([...kept, ...locked, ...current].map((plan) => [plan.hash, plan])).values()];
}
