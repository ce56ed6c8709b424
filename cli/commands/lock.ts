/** `cultivo lock`: the compiled plans into git, beside the config. */
import { Command } from 'commander';
import { answer, examples } from '../answer.ts';
import type { LockPlansOptions } from '../lock/lock-plans.ts';
import type { Terminal } from '../terminal.ts';

export const lockCommand = (terminal: Terminal): Command =>
  new Command('lock')
    .description('write the current plans to plans/, beside the config, to be committed')
    .option('--check', 'write nothing; exit with 1 when a current plan is not locked')
    .option('--dry-run', 'write nothing; only say what would be done')
    .option(
      '--prune',
      'remove plans that nobody is in, as the embedded store of `cultivo dev` knows it: only for projects that run nowhere else',
    )
    .addHelpText(
      'after',
      examples(
        'cultivo lock                              before a commit that changes a journey',
        'cultivo lock --check                      on the build server',
        'DATABASE_URL=postgres://… cultivo lock    also removes old plans that nobody is in',
      ),
    )
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<LockPlansOptions>();
      const { lockPlans, printLock } = await import('../lock/lock-plans.ts');
      const report = await lockPlans(options, terminal);
      answer(terminal, options, report, () => printLock(report));
      if (options.check === true && report.written.length > 0) terminal.exitWith(1);
    });
