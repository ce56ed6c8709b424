/**
 * A project's leads and what they did, played on a real Temporal server whose time is skipped, through real ingest
 * over HTTP, in seconds; then the studio shows what became of them.
 */
import { join, relative, resolve } from 'node:path';
import { DAY_MS } from '../../dsl/duration.ts';
import type { Project } from '../../dsl/project.ts';
import { isUnderWay } from '../../engine/run.ts';
import { skipTime } from '../../rehearsal/temporal/skip-time.ts';
import { copyStore } from '../../store/copy-store.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { openStore } from '../../store/open-store.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { whileOpen } from '../../worker/closing.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import { answer, plural } from '../answer.ts';
import { ingestClient } from '../ingest-client.ts';
import { dataFolder, loadProject, storeFolder } from '../load-project.ts';
import type { Globals } from '../options.ts';
import { CALLED_AS } from '../package-files.ts';
import type { Terminal } from '../terminal.ts';
import { type DescribedPerson, describePeople } from './describe-people.ts';
import { emptyFolder } from './empty-folder.ts';
import { pictureOf } from './picture.ts';
import { playProgress } from './play-progress.ts';
import { playRecording } from './play-recording.ts';
import { readRecording, type RecordingFiles } from './read-recording.ts';

export interface PlayOptions extends Globals, RecordingFiles {
  readonly days?: number;
  readonly stories?: boolean;
  readonly port: number;
  readonly serve: boolean;
}

/** Plays, tells, and serves the studio until `asked` resolves where somebody watches. */
export async function runPlay(
  options: PlayOptions,
  given: Terminal,
  asked: Promise<void>,
): Promise<void> {
  const quiet = { ...given, note: () => undefined, progress: () => undefined };
  const terminal = options.json === true ? quiet : given;
  const serves = options.serve && options.json !== true && process.stdout.isTTY;
  const environment = readEnvironment();
  logTemporal(openLog('error'));
  const { project: loaded, directory } = await loadProject(options.config);
  const project = keptHere(loaded);
  const recording = await readRecording(directory, project, options, Date.now());
  for (const problem of recording.problems) terminal.note(problem);
  const kept = join(dataFolder(resolve('.')), 'play');
  await emptyFolder(kept);
  await whileOpen(async (opened) => {
    // Played in memory, which is quicker by far; the disk gets all of it at the end.
    const store = memoryStore();
    opened.add(() => store.close());
    const directory = storeFolder(kept);
    const disk = openStore({ directory, onWait: () => undefined });
    opened.add(async () => (await disk).close());
    const server = await startTemporalServer({
      environment,
      file: join(kept, 'temporal.db'),
      onProgress: terminal.note,
    });
    opened.add(() => server.stop());
    const played = playRecording(recording);
    const until = options.days && recording.from + options.days * DAY_MS;
    const progress = playProgress(recording.from, terminal, options.days);
    let latest = recording.from;
    const skipped = skipTime({
      from: recording.from,
      until,
      script: played.script,
      sales: recording.sales,
      clock: played.clock,
      happen: (_, cues) => played.happen(ingest, cues),
      nameOf: played.nameOf,
      onProgress: (cohort, at) => {
        latest = Math.max(latest, Math.min(at, until ?? Infinity));
        progress(cohort, at);
      },
    });
    const cultivo = await startCultivo({
      project,
      plans: [...project.plans.values()],
      environment,
      temporal: server,
      store,
      taskQueue: 'play',
      port: options.port,
      hosting: skipped.hosting,
    });
    opened.add(() => cultivo.stop());
    const ingest = ingestClient(
      cultivo.ingest.url,
      environment.CULTIVO_ADMIN_KEY ?? environment.CULTIVO_WRITE_KEY,
    );
    await Promise.race([skipped.playOut(cultivo.world, cultivo.client), cultivo.running]);
    played.end(until ?? latest);
    await copyStore(store, await disk);
    const people = await describePeople(
      store,
      [...project.plans.keys()],
      project.config.fallbackZone ?? 'UTC',
    );
    const [config, data] = [options.config, kept].map((path) => relative('.', path) || '.');
    const again = `${CALLED_AS} dev --config ${inShell(config)} --data ${inShell(data)}`;
    const picture = await pictureOf(store, people, recording, again);
    answer(terminal, options, picture.json, () => picture.text(options.stories === true));
    if (!serves) return;
    terminal.print(`\nStudio  ${cultivo.ingest.url}/studio\nCtrl-C ends it.`);
    await Promise.race([asked, cultivo.running]);
    terminal.note(left(people, again));
  });
}

/** Vendors are for real time: what is played is kept here, to be looked at, whoever the config sends through. */
function keptHere(project: Project): Project {
  const { messaging: _messaging, crm: _crm, ...config } = project.config;
  return { ...project, config };
}

const inShell = (path = ''): string => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path));

const left = (people: readonly DescribedPerson[], again: string): string => {
  const under = people.filter(({ story }) => isUnderWay(story.status ?? 'completed')).length;
  const who =
    under === 0
      ? 'Nobody is under way any more.'
      : `${plural(under, 'person is', 'people are')} still under way.`;
  return `\n${who} What was played is kept: ${again} opens it, in real time.`;
};
