/** `cultivo dev`: everything of a project on this machine, in real time, until Ctrl-C. */
import { Command } from 'commander';
import { examples } from '../answer.ts';
import type { DevOptions } from '../dev/run-dev.ts';
import { ingestPortOption, portOption } from '../options.ts';
import { runUntilAsked, type Terminal } from '../terminal.ts';

export const devCommand = (terminal: Terminal): Command =>
  new Command('dev')
    .description(
      'run everything on this machine in real time: Temporal, store, worker and ingest; people survive restarts',
    )
    .addOption(ingestPortOption())
    .addOption(
      portOption(
        '--ui-port <port>',
        "of Temporal's web UI (default: 8233, or any where it is in use)",
      ),
    )
    .option('--data <folder>', 'where people are kept (default: .cultivo beside the config)')
    .addHelpText(
      'after',
      examples(
        'cultivo dev',
        'cultivo dev --config examples/three-month-nurture/cultivo.config.ts --port 4001',
        'DATABASE_URL=postgres://… cultivo dev     the store in a Postgres server',
      ),
    )
    .action((_: object, command: Command) =>
      runUntilAsked(
        () => terminal.note('Stopping. Ctrl-C again stops at once.'),
        async (asked) => {
          terminal.progress('Starting');
          const { runDev } = await import('../dev/run-dev.ts');
          await runDev(command.optsWithGlobals<DevOptions>(), terminal, asked);
        },
      ),
    );
