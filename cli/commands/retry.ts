/** `cultivo retry`: people whom an error has parked in a journey go on, once its cause is put right. */
import { Command, Option } from 'commander';
import type { JourneyRetried, JourneySteps } from '../../ingest/journey-routes.ts';
import type { LaneRetried, LaneTrouble } from '../../ingest/lane-routes.ts';
import { answer, examples, linesIf, plural } from '../answer.ts';
import { journeyPath } from '../ingest-client.ts';
import { collect, keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface RetryOptions extends IngestOptions {
  readonly lane?: string;
  readonly run?: readonly string[];
  readonly dryRun?: boolean;
}

export const retryCommand = (terminal: Terminal): Command =>
  new Command('retry')
    .description('let people go on whom an error has parked; whoever still cannot is parked again')
    .argument('[journey]', "the journey's id")
    .addOption(
      new Option(
        '--lane <lane>',
        'try again what this lane has set aside, instead of people',
      ).conflicts('run'),
    )
    .option(
      '--run <id>',
      'this run alone; may be given again (default: all that are parked)',
      collect,
    )
    .addOption(
      new Option('--dry-run', 'say how many are parked and why, retry nobody').conflicts('run'),
    )
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo retry trial-nurture --dry-run',
        'cultivo retry trial-nurture',
        'cultivo retry --lane email',
        'cultivo retry trial-nurture --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (journey: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<RetryOptions>();
      if (options.lane !== undefined) return retryLane(options.lane, options, terminal);
      if (journey === undefined) throw new Error(WHAT);
      const { run: runs } = options;
      const ingest = await openIngest(options);
      const path = journeyPath(journey);
      if (options.dryRun === true) {
        const { parked, errors } = await ingest.get<JourneySteps>(`${path}/steps`);
        answer(terminal, options, { journey, dryRun: true, parked, errors }, () =>
          [
            parked === 0 ? nobody(journey) : `${people(parked)} of ${journey} parked:`,
            ...errors.map(({ error, count }) => `  ${count.toLocaleString('en')} × ${error}`),
          ].join('\n'),
        );
        return;
      }
      const done = await ingest.post<JourneyRetried>(`${path}/retry`, { runs });
      const notParked = runs?.filter((run) => !done.runs.includes(run)) ?? [];
      answer(terminal, options, { dryRun: false, ...done, notParked }, () =>
        [
          ...linesIf(
            done.retried > 0,
            `${people(done.retried)} of ${journey} retried. \`cultivo status ${journey}\` says whether anybody is parked again.`,
          ),
          ...linesIf(done.retried === 0 && runs === undefined, nobody(journey)),
          ...linesIf(notParked.length > 0, `Not parked in ${journey}: ${notParked.join(', ')}.`),
        ].join('\n'),
      );
      if (notParked.length > 0) terminal.exitWith(1);
    });

const WHAT =
  'Retry: expected a journey or --lane, received neither. `cultivo status` names both. [nothing-to-retry]';

async function retryLane(
  lane: string,
  { dryRun = false, ...options }: RetryOptions,
  terminal: Terminal,
): Promise<void> {
  const ingest = await openIngest(options);
  const { lanes } = await ingest.get<{ lanes: readonly LaneTrouble[] }>('/v1/lanes');
  const known = lanes.find((each) => each.lane === lane);
  if (known === undefined) {
    throw new Error(
      `--lane: expected one of ${lanes.map((each) => each.lane).join(', ')}, received ${JSON.stringify(lane)}. Name one of these. [unknown-lane]`,
    );
  }
  const { aside } = known;
  const retried = dryRun
    ? aside.reduce((total, { count }) => total + count, 0)
    : (await ingest.post<LaneRetried>(`/v1/lanes/${encodeURIComponent(lane)}/retry`, {})).retried;
  answer(terminal, options, { lane, dryRun, retried, aside }, () =>
    retried === 0
      ? `Nothing of lane ${lane} is set aside.`
      : `${plural(retried, 'row')} of lane ${lane} ${dryRun ? 'would be' : 'are'} tried again.`,
  );
}

const people = (count: number): string => plural(count, 'person', 'people');
const nobody = (journey: string): string => `Nobody of ${journey} is parked.`;
