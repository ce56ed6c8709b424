/** `cultivo init`: a small project that runs, in a folder of its own. */
import { Command, Option } from 'commander';
import { answer, examples } from '../answer.ts';
import type { InitOptions } from '../init/init-project.ts';
import { PACKAGE_MANAGERS } from '../init/package-manager.ts';
import type { Terminal } from '../terminal.ts';

export const initCommand = (terminal: Terminal): Command =>
  new Command('init')
    .description(
      'make a project with a journey, its test and what runs it, and install its packages',
    )
    .argument('[folder]', 'a new or empty folder', '.')
    .addOption(
      new Option(
        '--pm <package manager>',
        'who installs its packages (default: who called this, else npm)',
      ).choices(PACKAGE_MANAGERS),
    )
    .option('--no-install', 'write files alone')
    .option('--force', 'add what is missing to a folder that is not empty; overwrites nothing')
    .option('--dry-run', 'say which files, write none')
    .option('--cultivo <tarball>', 'install this packed cultivo instead of the published one')
    .addHelpText(
      'after',
      examples(
        'cultivo init my-journeys',
        'npm create cultivo@latest my-journeys    without having it',
        'cultivo init my-journeys --pm pnpm --no-install',
        'cultivo init --force --dry-run           what would be added to the project of this folder',
      ),
    )
    .action(async (folder: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<InitOptions>();
      const { initProject } = await import('../init/init-project.ts');
      const { printProject } = await import('../init/print-project.ts');
      const made = await initProject(folder, options, terminal);
      answer(terminal, options, made, () => printProject(made));
    });
