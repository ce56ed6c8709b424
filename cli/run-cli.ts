/** The command line as a function: arguments in, exit code out. Modules that take long to load are loaded by the command that needs them. */
import { Command, CommanderError } from 'commander';
import { devCommand } from './commands/dev.ts';
import { doctorCommand } from './commands/doctor.ts';
import { endCommand } from './commands/end.ts';
import { enrolCommand } from './commands/enrol.ts';
import { graphCommand } from './commands/graph.ts';
import { leapCommand } from './commands/leap.ts';
import { initCommand } from './commands/init.ts';
import { lockCommand } from './commands/lock.ts';
import { mergeCommand } from './commands/merge.ts';
import { peopleCommand } from './commands/people.ts';
import { personCommand } from './commands/person.ts';
import { playCommand } from './commands/play.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { retryCommand } from './commands/retry.ts';
import { sendTestCommand } from './commands/send-test.ts';
import { statusCommand } from './commands/status.ts';
import { trackCommand } from './commands/track.ts';
import { whyCommand } from './commands/why.ts';
import { workerCommand } from './commands/worker.ts';
import { closest } from '../dsl/closest.ts';
import { examples } from './answer.ts';
import { requireZod } from './check-zod.ts';
import { explainError } from './explain-error.ts';
import { addGlobalOptions } from './options.ts';
import { packageVersion } from './package-files.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const COMMANDS = [
  initCommand,
  playCommand,
  devCommand,
  workerCommand,
  doctorCommand,
  lockCommand,
  graphCommand,
  enrolCommand,
  trackCommand,
  sendTestCommand,
  mergeCommand,
  statusCommand,
  peopleCommand,
  personCommand,
  whyCommand,
  retryCommand,
  endCommand,
  leapCommand,
  rebuildCommand,
];

/**
 * Runs a command line.
 *
 * @param args without the program's name.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const ending: Terminal = { ...terminal, exitWith: (code) => void (exitCode = code) };
  try {
    const program = createProgram(ending);
    refuseUnknownHelp(program, args);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what it had to say; help and version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const explained = explainError(error, await isTraced(args));
    const { code, message } = explained;
    if (args.includes('--json')) terminal.print(JSON.stringify({ error: { code, message } }));
    terminal.note(`error: ${message}`);
    return explained.exitCode;
  }
}

export function createProgram(terminal: Terminal): Command {
  const program = new Command('cultivo')
    .description('Lead-nurturing journeys as typed TypeScript, run for months on Temporal.')
    .version(packageVersion())
    .addHelpText(
      'after',
      examples(
        'cultivo init my-journeys         a project that runs, to begin with',
        'cultivo play --days 90           leads and what they did, played in seconds',
        'cultivo dev                      everything on this machine, in real time',
        'cultivo graph trial-nurture      what a journey compiles to',
        'cultivo help enrol               how to use one command',
      ),
    );
  addGlobalOptions(program);
  program.hook('preAction', (_, command) => {
    // A new project brings its own; doctor says so as one of its findings.
    if (!['init', 'doctor'].includes(command.name())) requireZod(import.meta.dirname);
  });
  for (const create of COMMANDS) program.addCommand(create(terminal));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .showHelpAfterError(`Run it with --help to see how it is used.`)
      .configureOutput({
        writeOut: (text) => terminal.print(text.trimEnd()),
        writeErr: (text) => terminal.note(text.trimEnd()),
      });
  }
  return program;
}

/** Commander would print the help of everything. */
function refuseUnknownHelp({ commands }: Command, [first, name]: readonly string[]): void {
  const known = commands.map((command) => command.name());
  if (first !== 'help' || name === undefined || name.startsWith('-') || known.includes(name))
    return;
  const near = closest(name, known);
  throw new Error(
    `help: expected one of ${known.join(', ')}, received ${JSON.stringify(name)}.${near === undefined ? '' : ` Did you mean ${near}?`} [unknown-command]`,
  );
}

/** Asked for here or by LOG_LEVEL; an environment that cannot be read asks for nothing. */
async function isTraced(args: readonly string[]): Promise<boolean> {
  if (args.includes('--trace')) return true;
  const { readEnvironment } = await import('../worker/environment.ts');
  try {
    return ['debug', 'trace'].includes(readEnvironment().LOG_LEVEL);
  } catch {
    return false;
  }
}
