/** `cultivo track`: behaviour to a running ingest, one event or a file of it. */
import { Command } from 'commander';
import { answer, examples } from '../answer.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import type { BehaviourOptions } from '../track/behaviour-given.ts';

export const trackCommand = (terminal: Terminal): Command =>
  new Command('track')
    .description('record what people did: one event, or a file with one JSON object a line')
    .argument('[event]', 'its name, as in "Pricing Viewed"')
    .option('--user <id>', 'who did it')
    .option('--properties <json>', 'its properties, a JSON object')
    .option('--at <instant>', 'when, as in 2026-03-02T10:00:00Z (default: now)')
    .option('--file <file>', "NDJSON in Segment's shapes, each line with a timestamp")
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo track "Pricing Viewed" --user ana',
        `cultivo track "Trial Started" --user ana --properties '{"plan":"pro"}'`,
        'cultivo track --file behaviour.ndjson',
      ),
    )
    .action(async (event: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<BehaviourOptions & IngestOptions>();
      const { printTracked, track } = await import('../track/track.ts');
      const summary = await track(event, options, await openIngest(options), terminal);
      answer(terminal, options, summary, () => printTracked(summary));
      if (summary.bad.length > 0) terminal.exitWith(1);
    });
