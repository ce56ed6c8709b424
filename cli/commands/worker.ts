/** `cultivo worker`: worker and ingest in production, beside a Temporal cluster and a Postgres server. */
import { Command } from 'commander';
import { answer, examples, optionsOf } from '../globals.ts';
import { DEFAULT_PORT } from '../ingest-options.ts';
import { portOption } from '../port-option.ts';
import { stopRequest } from '../stop-request.ts';
import type { Terminal } from '../terminal.ts';

interface WorkerOptions {
  readonly port?: number;
  readonly host?: string;
  readonly taskQueue: string;
}

export const workerCommand = (terminal: Terminal): Command =>
  new Command('worker')
    .description(
      'run worker and ingest in production; needs TEMPORAL_ADDRESS, DATABASE_URL and locked plans',
    )
    .addOption(portOption('--port <port>', `of ingest (default: PORT, or ${DEFAULT_PORT}; 0: any)`))
    .option('--host <address>', 'of ingest; 0.0.0.0: every network (default: this machine alone)')
    .option('--task-queue <name>', "Temporal's task queue", 'cultivo')
    .addHelpText(
      'after',
      examples(
        'TEMPORAL_ADDRESS=temporal:7233 DATABASE_URL=postgres://… cultivo worker',
        'cultivo worker --host 0.0.0.0 --port 8080 --task-queue cultivo-eu',
      ),
    )
    .action(async (_: object, command: Command) => {
      const options = optionsOf<WorkerOptions>(command);
      const request = stopRequest(() => terminal.note('Stopping when what is at hand is done.'));
      try {
        const { printServing, startProduction } = await import('../production/start-production.ts');
        const production = await startProduction(options, terminal);
        try {
          answer(terminal, options, production.serving, () => printServing(production.serving));
          await Promise.race([request.asked, production.running]);
        } finally {
          await production.stop();
        }
      } finally {
        request.dispose();
      }
    });
