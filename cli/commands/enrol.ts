/** `cultivo enrol`: people into a journey, through a running ingest. */
import { Command } from 'commander';
import { answer, collect, examples, optionsOf } from '../globals.ts';
import { ingestOptions, openIngest, type IngestOptions } from '../ingest-options.ts';
import type { Terminal } from '../terminal.ts';

interface EnrolOptions extends IngestOptions {
  readonly user?: readonly string[];
  readonly csv?: string;
  readonly dryRun?: boolean;
}

export function enrolCommand(terminal: Terminal): Command {
  const command = new Command('enrol')
    .description('enrol people in a journey: users that are known, or the leads of a CSV file')
    .argument('<journey>', "the journey's id")
    .option('--user <id>', 'a user id that is known already; may be given again', collect)
    .option(
      '--csv <file>',
      'leads, one a row: columns are fields of the lead model, userId and consent:<topic>',
    )
    .option('--dry-run', 'check what was given, send nothing')
    .addHelpText(
      'after',
      examples(
        'cultivo enrol trial-nurture --user ana --user ben',
        'cultivo enrol trial-nurture --csv leads.csv --dry-run',
        'cultivo enrol trial-nurture --csv leads.csv --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (journey: string, _: object, self: Command) => {
      const options = optionsOf<EnrolOptions>(self);
      const { enrolPeople } = await import('../enrol/enrol-people.ts');
      const { printEnrolment } = await import('../enrol/print-enrolment.ts');
      const dryRun = options.dryRun ?? false;
      const summary = await enrolPeople(
        { ...options, journey, dryRun },
        await openIngest(options),
        terminal,
      );
      answer(terminal, options, summary, () => printEnrolment(summary));
      if (summary.bad.length > 0) terminal.exitWith(1);
    });
  for (const option of ingestOptions()) command.addOption(option);
  return command;
}
