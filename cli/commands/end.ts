/** `cultivo end`: somebody's journeys end here. */
import { Command } from 'commander';
import type { RunsEnded } from '../../studio/people-routes.ts';
import { answer, examples } from '../answer.ts';
import { personPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface EndOptions extends IngestOptions {
  readonly journey?: string;
  readonly dryRun?: boolean;
}

export const endCommand = (terminal: Terminal): Command =>
  new Command('end')
    .description(
      "end somebody's journeys, as their exit would; messages that have not left are withheld",
    )
    .argument('<who>', 'a user id, an e-mail address or an anonymous id')
    .option('--journey <id>', 'this one alone (default: every journey that they are in)')
    .option('--dry-run', 'say which, end none')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples('cultivo end ana --dry-run', 'cultivo end ana --journey trial-nurture'),
    )
    .action(async (who: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<EndOptions>();
      const { journey, dryRun = false } = options;
      const ingest = await openIngest(options);
      const done = await ingest.post<RunsEnded>(`${personPath(who)}/end`, { journey, dryRun });
      answer(terminal, options, done, () => print(who, done));
    });

const print = (who: string, { dryRun, ended }: RunsEnded): string =>
  ended.length === 0
    ? `${who} is in no such journey: nothing to end.`
    : ended.map(({ journey }) => `${who}: ${journey} ${dryRun ? 'would end' : 'ends'}.`).join('\n');
