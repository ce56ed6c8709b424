/** `cultivo play`: a project's leads and what they did, played over their whole calendar in seconds. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { examples } from '../answer.ts';
import { portOption } from '../options.ts';
import type { PlayOptions } from '../play/run-play.ts';
import { runUntilAsked, type Terminal } from '../terminal.ts';

const MOST_DAYS = 1_098;

export const playCommand = (terminal: Terminal): Command =>
  new Command('play')
    .description(
      'play leads and what they did through the journeys in seconds, on a Temporal server whose clocks leap, and look at the result in the studio',
    )
    .option('--leads <csv>', 'who they are (default: leads.csv beside the config)')
    .option('--behaviour <ndjson>', 'what they did (default: behaviour.ndjson beside the config)')
    .addOption(
      new Option('--days <n>', 'so many days alone (default: until every story is over)').argParser(
        daysIn,
      ),
    )
    .option(
      '--enrol <journey>',
      'everybody of the leads enters it at the start (default: the first journey, where nobody did anything)',
    )
    .option('--stories', "everybody's story, day by day (default: one)")
    .addOption(portOption('--port <port>', 'of the studio (default: any that is free)').default(0))
    .option('--no-serve', 'end at once (default: where nobody watches, or with --json)')
    .addHelpText(
      'after',
      examples(
        'cultivo play',
        'cultivo play --leads my.csv --behaviour my.ndjson --days 90',
        'cultivo play --leads my.csv --enrol trial-nurture --stories --no-serve',
      ),
    )
    .action((_: object, command: Command) =>
      runUntilAsked(
        () => undefined,
        async (asked) => {
          const { runPlay } = await import('../play/run-play.ts');
          await runPlay(command.optsWithGlobals<PlayOptions>(), terminal, asked);
        },
      ),
    );

function daysIn(text: string): number {
  const days = /^\d+$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MOST_DAYS)
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_DAYS}.`);
  return days;
}
