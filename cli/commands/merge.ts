/** `cultivo merge`: two leads that are one person become one lead. */
import { Command } from 'commander';
import type { LeadsMerged } from '../../ingest/alias-routes.ts';
import { answer, examples, plural } from '../answer.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface MergeOptions extends IngestOptions {
  readonly dryRun?: boolean;
}

export const mergeCommand = (terminal: Terminal): Command =>
  new Command('merge')
    .description(
      "make one lead of two that are one person; it cannot be undone. Of a journey that both are in the older run goes on; an opt-out of either stays; the older lead's owner and CRM record stay",
    )
    .argument('<id>', 'the user id, or the anonymous id, that is to become part of the other')
    .argument('<into>', 'the user id whose fields win')
    .option('--dry-run', 'say what would become of their journeys, merge nobody')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo merge ana-2 ana --dry-run',
        'cultivo merge ana-2 ana',
        'cultivo merge ana-2 ana --json --url https://in.example --key "$KEY"',
      ),
    )
    .action(async (id: string, into: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<MergeOptions>();
      const { dryRun = false } = options;
      const ingest = await openIngest(options);
      const body = { previousId: id, userId: into, dryRun };
      const done = await ingest.post<LeadsMerged>('/v1/alias', body);
      answer(terminal, options, done, () => textOf(id, into, done));
    });

function textOf(id: string, into: string, { dryRun, merged, journeys }: LeadsMerged): string {
  if (!merged) return `${id} and ${into} are one lead already.`;
  const verb = dryRun ? 'would be' : 'are';
  return [
    `${id} and ${into} ${verb} one lead. ${plural(journeys.length, 'journey')} had both.`,
    ...journeys.map(
      ({ journey, goesOn, ends }) => `  ${journey}: ${goesOn} goes on, ${ends} ends as merged`,
    ),
  ].join('\n');
}
