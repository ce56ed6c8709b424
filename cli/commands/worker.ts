/** `cultivo worker`: worker and ingest in production, beside a Temporal cluster and a Postgres server. */
import { Command } from 'commander';
import { examples } from '../answer.ts';
import { ingestPortOption } from '../options.ts';
import type { ProductionOptions } from '../production/run-production.ts';
import { runUntilAsked, type Terminal } from '../terminal.ts';

export const workerCommand = (terminal: Terminal): Command =>
  new Command('worker')
    .description(
      'run worker and ingest in production; needs TEMPORAL_ADDRESS, DATABASE_URL, CULTIVO_WRITE_KEY and locked plans',
    )
    .addOption(ingestPortOption())
    .option('--host <address>', 'of ingest; 0.0.0.0: every network (default: this machine alone)')
    .option('--task-queue <name>', "Temporal's task queue", 'cultivo')
    .addHelpText(
      'after',
      examples(
        'TEMPORAL_ADDRESS=temporal:7233 DATABASE_URL=postgres://… cultivo worker',
        'cultivo worker --host 0.0.0.0 --port 8080 --task-queue cultivo-eu',
      ),
    )
    .action((_: object, command: Command) =>
      runUntilAsked(
        () => terminal.note('Stopping when what is at hand is done.'),
        async (asked) => {
          const { runProduction } = await import('../production/run-production.ts');
          await runProduction(command.optsWithGlobals<ProductionOptions>(), terminal, asked);
        },
      ),
    );
