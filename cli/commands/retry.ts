/** `cultivo retry`: lets runs go on that an error has parked, once what caused it is put right. */
import { Command } from 'commander';
import type { JourneySteps } from '../../ingest/journey-routes.ts';
import { answer, collect, examples, optionsOf } from '../globals.ts';
import { ingestOptions, openIngest, type IngestOptions } from '../ingest-options.ts';
import { plural } from '../plural.ts';
import type { Terminal } from '../terminal.ts';

interface RetryOptions extends IngestOptions {
  readonly run?: readonly string[];
  readonly dryRun?: boolean;
}

export function retryCommand(terminal: Terminal): Command {
  const command = new Command('retry')
    .description('let people go on whom an error has parked; whoever still cannot is parked again')
    .argument('<journey>', "the journey's id")
    .option(
      '--run <id>',
      'this run alone; may be given again (default: all that are parked)',
      collect,
    )
    .option('--dry-run', 'say who is parked and why, retry nobody')
    .addHelpText(
      'after',
      examples('cultivo retry trial-nurture --dry-run', 'cultivo retry trial-nurture'),
    )
    .action(async (journey: string, _: object, self: Command) => {
      const options = optionsOf<RetryOptions>(self);
      const ingest = await openIngest(options);
      const path = `/v1/journeys/${encodeURIComponent(journey)}`;
      if (options.dryRun === true) {
        const status = await ingest.get<JourneySteps>(`${path}/steps`);
        const { parked, errors } = status;
        answer(terminal, options, { journey, dryRun: true, parked, errors }, () =>
          [
            `${plural(parked, 'person', 'people')} of ${journey} parked${parked === 0 ? '.' : ':'}`,
            ...errors.map(({ error, count }) => `  ${count} × ${error}`),
          ].join('\n'),
        );
        return;
      }
      const runs = options.run === undefined ? {} : { runs: options.run };
      const done = await ingest.post<{ readonly retried: number }>(`${path}/retry`, runs);
      const retried = 'retried' in done ? done.retried : 0;
      answer(terminal, options, done, () =>
        retried === 0
          ? `Nobody of ${journey} is parked${options.run === undefined ? '' : ' in these runs'}.`
          : `${plural(retried, 'person', 'people')} of ${journey} told to go on. \`cultivo status ${journey}\` says who is parked still.`,
      );
    });
  for (const option of ingestOptions()) command.addOption(option);
  return command;
}
