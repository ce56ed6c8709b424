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
import { heardStore } from '../../store/heard-store.ts';
import { openStore } from '../../store/open-store.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { type Cultivo, startCultivo } from '../../worker/start-cultivo.ts';
import {
  startTemporalServer,
  type TemporalServer,
} from '../../temporal-server/start-temporal-server.ts';
import { whileOpen } from '../../worker/closing.ts';
import { answer } from '../answer.ts';
import { isFreePort } from '../is-free-port.ts';
import { explainError } from '../explain-error.ts';
import { dataFolder, loadProject, plansFolder, storeFolder } from '../load-project.ts';
import { DEFAULT_PORT, type Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { tellHappenings } from './tell-happenings.ts';
import { watchProject } from './watch-project.ts';
import { whatChanged } from './what-changed.ts';
import { type DevPlaces, whereToLook } from './where-to-look.ts';

/** Where Temporal's own development server has it. */
const UI_PORT = 8_233;

export interface DevOptions extends Globals {
  readonly port?: number;
  readonly uiPort?: number;
  readonly data?: string;
}

/**
 * Runs until `asked` resolves or the worker cannot go on.
 *
 * @throws StoreLockedError, TemporalServerError, Error [port-in-use] and those of `loadProject`.
 */
export async function runDev(
  options: DevOptions,
  terminal: Terminal,
  asked: Promise<void>,
): Promise<void> {
  const environment = readEnvironment();
  const { project, directory } = await loadProject(options.config);
  adviseOn(project, terminal);
  const data = options.data === undefined ? dataFolder(directory) : resolve(options.data);
  await makeDataFolder(data);
  logTemporal(openLog(environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL));
  await whileOpen(async (opened) => {
    const kept = await openStore({
      databaseUrl: environment.DATABASE_URL,
      directory: storeFolder(data),
      onWait: terminal.progress,
    });
    opened.add(() => kept.close());
    // The store's lock makes this process the only one that writes here.
    const plans = await keepPlans(project, directory, data);
    terminal.progress('Temporal is starting');
    const server = await startTemporalServer({
      environment,
      file: join(data, 'temporal.db'),
      uiPort: options.uiPort ?? ((await isFreePort(UI_PORT)) ? UI_PORT : 0),
      timeSkipping: false,
    });
    opened.add(() => server.stop());
    terminal.progress('the worker is starting');
    const happenings = tellHappenings(kept, project, terminal.note);
    opened.add(() => happenings.stop());
    const cultivo = await startCultivo({
      project,
      plans,
      environment,
      temporal: server,
      store: heardStore(kept, happenings.hear),
      port: options.port ?? environment.PORT ?? DEFAULT_PORT,
      studio: { mayAct: true, mayLeap: true },
      say: (what) => terminal.note(what),
      report: (error, where) => terminal.note(`${where}: ${withoutPersonalData(error.message)}`),
    });
    opened.add(() => cultivo.stop());
    const places: DevPlaces = {
      ingest: cultivo.ingest.url,
      temporalUi: server.uiUrl,
      temporal: server.address,
      namespace: server.namespace,
      studio: `${cultivo.ingest.url}/studio`,
      store: environment.DATABASE_URL === undefined ? storeFolder(data) : 'DATABASE_URL',
      data,
      needsKey: environment.CULTIVO_WRITE_KEY !== undefined,
    };
    answer(terminal, options, places, () => whereToLook(places, project));
    const reload = reloading(options.config, cultivo, terminal, (next) =>
      keepPlans(next, directory, data),
    );
    opened.add(watchProject(directory, { data }, reload));
    await Promise.race([asked, cultivo.running, serverGone(server)]);
  });
}

const adviseOn = ({ advice }: Project, terminal: Terminal): void => {
  for (const line of advice) terminal.note(line);
};

/** Reads the project anew; one that does not load or compile leaves everything as it is. */
const reloading =
  (
    config: string,
    cultivo: Cultivo,
    terminal: Terminal,
    keep: (project: Project) => Promise<readonly Plan[]>,
  ) =>
  async (): Promise<void> => {
    try {
      const { project } = await loadProject(config);
      const changes = whatChanged(cultivo.world.project, project);
      await cultivo.reload(project, await keep(project));
      terminal.note(['Reloaded.', ...changes].join('\n  '));
      adviseOn(project, terminal);
    } catch (error) {
      const { message } = explainError(error, false);
      terminal.note(`Not reloaded, everything runs on as it was: ${message}`);
    }
  };

/** @throws Error [temporal-gone] once it has ended by itself. */
async function serverGone({ ended }: TemporalServer): Promise<void> {
  await ended;
  throw new Error(
    'The Temporal server has ended, and without it nobody moves. ' +
      'Run `cultivo dev` again: everybody goes on from where they stand. [temporal-gone]',
  );
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
  const keptIn = plansFolder(data);
  await lock({ directory: keptIn, plans: current });
  const kept = await readLock(keptIn);
  const locked = await readLock(plansFolder(directory));
  return [...new Map([...kept, ...locked, ...current].map((plan) => [plan.hash, plan])).values()];
}
