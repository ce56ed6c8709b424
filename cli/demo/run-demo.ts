/**
 * The demonstration: a recorded quarter of a project's leads, played on a real Temporal server whose time
 * is skipped, through real ingest over HTTP and a real store, in seconds.
 */
import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { skipTime } from '../../rehearsal/temporal/skip-time.ts';
import { openStore } from '../../store/open-store.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { whileOpen } from '../../worker/closing.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import { answer } from '../answer.ts';
import { ingestClient } from '../ingest-client.ts';
import { dataFolder, loadProject, storeFolder } from '../load-project.ts';
import type { Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { demoProgress } from './demo-progress.ts';
import { CALLED_AS } from '../package-files.ts';
import { summarise } from './demo-summary.ts';
import { describePeople } from './describe-people.ts';
import { playRecording } from './play-recording.ts';
import { readRecording } from './read-recording.ts';

/** Besides the answer it is quiet where that is JSON. */
export async function runDemo(options: Globals, given: Terminal): Promise<void> {
  const quiet = { ...given, note: () => undefined, progress: () => undefined };
  const terminal = options.json === true ? quiet : given;
  const environment = readEnvironment();
  logTemporal(openLog('error'));
  const { project, directory } = await loadProject(options.config);
  // Emptied first.
  const kept = join(dataFolder(resolve('.')), 'demo');
  const recording = await readRecording(directory, project, Date.now());
  for (const problem of recording.problems) terminal.note(problem);
  await rm(kept, { recursive: true, force: true });
  await whileOpen(async (opened) => {
    const server = await startTemporalServer({
      environment,
      file: join(kept, 'temporal.db'),
      onProgress: terminal.note,
    });
    opened.add(() => server.stop());
    const store = await openStore({ directory: storeFolder(kept), onWait: terminal.note });
    opened.add(() => store.close());
    const played = playRecording(recording);
    const skipped = skipTime({
      from: recording.from,
      script: played.script,
      sales: recording.sales,
      clock: played.clock,
      happen: (_, cues) => played.happen(ingest, cues),
      nameOf: played.nameOf,
      onProgress: demoProgress(recording.from, terminal),
    });
    const cultivo = await startCultivo({
      project,
      plans: [...project.plans.values()],
      environment,
      temporal: server,
      store,
      taskQueue: 'demo',
      port: 0,
      hosting: skipped.hosting,
    });
    opened.add(() => cultivo.stop());
    const ingest = ingestClient(
      cultivo.ingest.url,
      environment.CULTIVO_ADMIN_KEY ?? environment.CULTIVO_WRITE_KEY,
    );
    await Promise.race([skipped.playOut(cultivo.world, cultivo.client), cultivo.running]);
    const [journey = ''] = project.plans.keys();
    const people = await describePeople(store, journey, project.config.fallbackZone ?? 'UTC');
    const [config, data] = [options.config, kept].map((path) => relative('.', path));
    const lookAgain = `${CALLED_AS} dev --config ${config} --data ${data}`;
    const summary = await summarise(store, people, recording, lookAgain);
    answer(terminal, options, summary.json, () => summary.text);
  });
}
