/** `cultivo dev`: everything of a project on this machine, in real time, until Ctrl-C. */
import { Command } from 'commander';
import { answer, examples, optionsOf } from '../globals.ts';
import { DEFAULT_PORT } from '../ingest-options.ts';
import { portOption } from '../port-option.ts';
import { stopRequest } from '../stop-request.ts';
import type { Terminal } from '../terminal.ts';

interface DevOptions {
  readonly port?: number;
  readonly uiPort: number;
  readonly data?: string;
}

const DEFAULT_UI_PORT = 8_233;

export const devCommand = (terminal: Terminal): Command =>
  new Command('dev')
    .description(
      'run everything on this machine in real time: Temporal, store, worker and ingest; people survive restarts',
    )
    .addOption(portOption('--port <port>', `of ingest (default: PORT, or ${DEFAULT_PORT}; 0: any)`))
    .addOption(
      portOption('--ui-port <port>', "of Temporal's web UI (0: any)").default(DEFAULT_UI_PORT),
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
    .action(async (_: object, command: Command) => {
      const options = optionsOf<DevOptions>(command);
      const request = stopRequest(() => terminal.note('Stopping. Ctrl-C again stops at once.'));
      try {
        terminal.progress('Starting');
        const { startDev } = await import('../dev/start-dev.ts');
        const { whereToLook } = await import('../dev/where-to-look.ts');
        const dev = await startDev(options, terminal);
        try {
          answer(terminal, options, dev.places, () => whereToLook(dev.places, dev.project));
          await Promise.race([request.asked, dev.running]);
        } finally {
          await dev.stop();
        }
      } finally {
        request.dispose();
      }
    });
