/** `cultivo retry`: people whom an error has parked in a journey go on, once its cause is put right. */
import { Command, Option } from 'commander';
import type { JourneyRetried, JourneySteps } from '../../ingest/journey-routes.ts';
import { answer, examples, linesIf, plural } from '../answer.ts';
import { journeyPath } from '../ingest-client.ts';
import { collect, keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface RetryOptions extends IngestOptions {
  readonly run?: readonly string[];
  readonly dryRun?: boolean;
}

export const retryCommand = (terminal: Terminal): Command =>
  new Command('retry')
    .description('let people go on whom an error has parked; whoever still cannot is parked again')
    .argument('<journey>', "the journey's id")
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
        'cultivo retry trial-nurture --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (journey: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<RetryOptions>();
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

const people = (count: number): string => plural(count, 'person', 'people');
const nobody = (journey: string): string => `Nobody of ${journey} is parked.`;
