/**
 * The demonstration: a recorded quarter of a project's leads, played on a real Temporal server whose
 * clocks leap, through real ingest over HTTP and a real store, in seconds.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import type { SalesTeam } from '../../rehearsal/sales-team.ts';
import { skipTime } from '../../rehearsal/temporal/skip-time.ts';
import { openStore } from '../../store/open-store.ts';
import { closing } from '../../worker/closing.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { ingestClient } from '../ingest-client.ts';
import { loadProject } from '../load-project.ts';
import { demoStage } from './demo-stage.ts';
import { demoProgress } from './demo-progress.ts';
import { printSummary, summarise } from './demo-summary.ts';
import { readRecording } from './read-recording.ts';
import { tellPeople } from './tell-people.ts';

export interface DemoOptions {
  readonly config: string;
  readonly json: boolean;
  /** Where the demonstration keeps its things; emptied first. Default `.cultivo/demo`. */
  readonly directory?: string;
}

export async function runDemo(options: DemoOptions): Promise<void> {
  const environment = readEnvironment();
  logTemporal(openLog('error'));
  const { project, directory } = await loadProject(options.config);
  const kept = resolve(options.directory ?? join('.cultivo', 'demo'));
  const recording = await readRecording(directory, project, Date.now());
  const progress = demoProgress(recording, options.json);
  for (const problem of recording.problems) progress.say(problem);
  await rm(kept, { recursive: true, force: true });
  const opened = closing();
  try {
    const server = await startTemporalServer({
      environment,
      file: join(kept, 'temporal.db'),
      onProgress: progress.say,
    });
    opened.add(() => server.stop());
    const store = await openStore({ directory: join(kept, 'store'), onWait: progress.say });
    opened.add(() => store.close());
    const sales = await loadSales(directory);
    const stage = demoStage(recording);
    const skipped = skipTime({
      from: recording.from,
      script: stage.script,
      sales,
      clock: stage.time.clock,
      happen: (_, cues) => stage.happen(ingest, cues),
      nameOf: stage.nameOf,
      onProgress: progress.reached,
    });
    const cultivo = await startCultivo({
      project,
      plans: [...project.plans.values()],
      environment,
      temporal: server,
      store,
      directory: kept,
      taskQueue: 'demo',
      port: 0,
      hosting: skipped.hosting,
    });
    opened.add(() => cultivo.stop());
    const ingest = ingestClient({
      url: cultivo.ingest.url,
      key: environment.CULTIVO_WRITE_KEY,
    });
    await Promise.race([skipped.playOut(cultivo.world, cultivo.client), cultivo.running]);
    progress.done();
    const [journey = ''] = project.plans.keys();
    const fallbackZone = project.config.fallbackZone ?? 'UTC';
    const people = await tellPeople(store, journey, fallbackZone);
    const summary = await summarise(store, people, recording, cultivo.pages, kept);
    process.stdout.write(
      options.json ? `${JSON.stringify(summary.json)}\n` : printSummary(summary),
    );
  } finally {
    await opened.close();
  }
}

/** The recording's `sales.ts`, where there is one. */
async function loadSales(directory: string): Promise<SalesTeam | undefined> {
  const file = join(directory, 'sales.ts');
  if (!existsSync(file)) return undefined;
  const loaded: { sales?: SalesTeam } = await tsImport(pathToFileURL(file).href, import.meta.url);
  return loaded.sales;
}
