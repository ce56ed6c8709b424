/** `cultivo track`: behaviour to a running ingest, one event or a file of it. */
import { Command } from 'commander';
import { answer, examples, optionsOf } from '../globals.ts';
import { ingestOptions, openIngest, type IngestOptions } from '../ingest-options.ts';
import type { Terminal } from '../terminal.ts';

interface TrackOptions extends IngestOptions {
  readonly user?: string;
  readonly properties?: string;
  readonly at?: string;
  readonly file?: string;
}

export function trackCommand(terminal: Terminal): Command {
  const command = new Command('track')
    .description('record what people did: one event, or a file with one JSON object a line')
    .argument('[event]', 'its name, as in "Pricing Viewed"')
    .option('--user <id>', 'who did it')
    .option('--properties <json>', 'its properties, a JSON object')
    .option('--at <instant>', 'when, as in 2026-03-02T10:00:00Z (default: now)')
    .option('--file <file>', "NDJSON in Segment's shapes, each line with a timestamp")
    .addHelpText(
      'after',
      examples(
        'cultivo track "Pricing Viewed" --user ana',
        `cultivo track "Trial Started" --user ana --properties '{"plan":"pro"}'`,
        'cultivo track --file behaviour.ndjson',
      ),
    )
    .action(async (event: string | undefined, _: object, self: Command) => {
      const options = optionsOf<TrackOptions>(self);
      const { behaviourGiven } = await import('../track/behaviour-given.ts');
      const { printTracked, track } = await import('../track/track.ts');
      const given = behaviourGiven(event, options);
      const summary = await track(given, await openIngest(options), terminal);
      answer(terminal, options, summary, () => printTracked(summary));
      if (summary.bad.length > 0) terminal.exitWith(1);
    });
  for (const option of ingestOptions()) command.addOption(option);
  return command;
}
