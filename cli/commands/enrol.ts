/** `cultivo enrol`: people into a journey, through a running ingest. */
import { Command } from 'commander';
import { answer, examples } from '../answer.ts';
import type { EnrolOptions } from '../enrol/given-people.ts';
import { collect, keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export const enrolCommand = (terminal: Terminal): Command =>
  new Command('enrol')
    .description('enrol people in a journey: users that are known, or the leads of a CSV file')
    .argument('<journey>', "the journey's id")
    .option('--user <id>', 'a user id that is known already; may be given again', collect)
    .option(
      '--csv <file>',
      'leads, one a row: columns are fields of the lead model, userId and consent:<topic>',
    )
    .option('--dry-run', 'check what was given, send nothing')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo enrol trial-nurture --user ana --user ben',
        'cultivo enrol trial-nurture --csv leads.csv --dry-run',
        'cultivo enrol trial-nurture --csv leads.csv --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (journey: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<EnrolOptions & IngestOptions>();
      const { enrolPeople } = await import('../enrol/enrol-people.ts');
      const { printEnrolment } = await import('../enrol/print-enrolment.ts');
      const summary = await enrolPeople(journey, options, await openIngest(options), terminal);
      answer(terminal, options, summary, () => printEnrolment(summary));
      if (summary.bad.length > 0) terminal.exitWith(1);
    });
