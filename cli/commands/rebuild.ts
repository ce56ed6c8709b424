/** `cultivo rebuild`: Temporal was restored from a backup, or has lost some of what it had; the store has everybody. */
import { Command } from 'commander';
import type { JourneyRebuilt } from '../../ingest/journey-routes.ts';
import { answer, examples, plural } from '../answer.ts';
import { journeyPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface RebuildOptions extends IngestOptions {
  readonly dryRun?: boolean;
}

export const rebuildCommand = (terminal: Terminal): Command =>
  new Command('rebuild')
    .description(
      'end the workflows of journeys and begin them anew with everybody whom the store has in them: after Temporal was restored from a backup. Nothing is done twice',
    )
    .argument('[journey]', "the journey's id (default: every journey)")
    .option('--dry-run', 'say how many workflows and people there are, end none')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo rebuild --dry-run',
        'cultivo rebuild trial-nurture',
        'cultivo rebuild --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (journey: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<RebuildOptions>();
      const { dryRun = false } = options;
      const ingest = await openIngest(options);
      const journeys =
        journey === undefined
          ? (await ingest.get<{ journeys: readonly string[] }>('/v1/journeys')).journeys
          : [journey];
      const rebuilt: JourneyRebuilt[] = [];
      for (const id of journeys) {
        terminal.progress(id);
        rebuilt.push(await ingest.post(`${journeyPath(id)}/rebuild`, { dryRun }));
      }
      const verb = dryRun ? 'would begin anew' : 'begin anew';
      answer(terminal, options, { dryRun, journeys: rebuilt }, () =>
        rebuilt
          .map(
            ({ journey: id, cohorts, people }) =>
              `${id}: ${plural(cohorts, 'workflow')} ${verb} with ${plural(people, 'person', 'people')}.`,
          )
          .join('\n'),
      );
    });
