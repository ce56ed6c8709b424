/** `cultivo demo`: a recorded quarter of leads, played in seconds on this machine. */
import { Command } from 'commander';
import { examples } from '../answer.ts';
import { DEFAULT_CONFIG, type Globals } from '../options.ts';
import { packageFile } from '../package-files.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLE = `examples/three-month-nurture/${DEFAULT_CONFIG}`;

export const demoCommand = (terminal: Terminal): Command =>
  new Command('demo')
    .description('play a recorded quarter of leads in seconds, on a Temporal server of its own')
    .addHelpText(
      'after',
      examples('cultivo demo', 'cultivo demo --config my-project/cultivo.config.ts --json'),
    )
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const config = isGiven ? options.config : (packageFile(EXAMPLE) ?? EXAMPLE);
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ ...options, config }, terminal);
    });
