/** Whether a command that is printed somewhere would be understood: what is called exists, and so do its options. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { createProgram } from '../../cli/run-cli.ts';
import { dependenciesOf, manifestText, readOwnManifest } from '../../cli/init/package-manifest.ts';
import { ROOT } from './documents.ts';
import type { ShellCommand } from './shell-words.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);
/** Of this checkout, and of a project that `cultivo init` has made. */
const own = readOwnManifest();
const made: { scripts: Record<string, string> } = JSON.parse(
  manifestText('made', own, dependenciesOf(own, own.version)),
);
const SCRIPTS = [...Object.keys(scripts), ...Object.keys(made.scripts)];

/** Variables that somebody reads. */
export const VARIABLES: ReadonlySet<string> = new Set(
  ['worker/environment.ts', ...folderOf('channels')]
    .flatMap(
      (file) => readFileSync(join(ROOT, file), 'utf8').match(/^\s+[A-Z][A-Z_]+(?=:)/gm) ?? [],
    )
    .map((name) => name.trim()),
);

/** Of a command that is only named, `cultivo enrol`, as sentences do. */
export const isMention = ({ words }: ShellCommand): boolean =>
  words[0] === 'cultivo' && (words.length === 1 || isCommand(words));

const isCommand = ([, name = '', ...rest]: readonly string[]): boolean =>
  rest.length === 0 && namesOf(newProgram()).includes(name);

/** Said in words; undefined where it would be understood, or is no command of ours. */
export async function problemWith({ variables, words }: ShellCommand): Promise<string | undefined> {
  const [program = '', first = '', ...rest] = words;
  if (program === 'cultivo') return problem(variables, [first, ...rest]);
  if (program === 'npx')
    return first === 'cultivo' ? problem(variables, rest) : unlessIn(programs(), first, 'programs');
  if (program !== 'npm' || PLAIN_NPM.has(first)) return undefined;
  if (first !== 'run') return unlessIn(SCRIPTS, first, 'scripts');
  const [script = '', ...args] = rest;
  return script === 'cultivo'
    ? problem(variables, args[0] === '--' ? args.slice(1) : args)
    : unlessIn(SCRIPTS, script, 'scripts');
}

/** What npm does by itself. */
const PLAIN_NPM = new Set(['install', 'ci', 'create']);

async function problem(variables: readonly string[], args: readonly string[]) {
  const unknown = variables.find((name) => !VARIABLES.has(name));
  if (unknown !== undefined) return `nobody reads the variable ${unknown}`;
  const says: string[] = [];
  const program = newProgram((text) => void says.push(text));
  const topic = args[0] === 'help' ? args[1] : undefined;
  if (topic !== undefined) return unlessIn(namesOf(program), topic, 'commands');
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return says.join('\n') || String(error);
  }
}

/** Understands everything and does nothing. */
function newProgram(note: (text: string) => void = () => undefined): Command {
  const program = createProgram({ print: note, note, progress: note, exitWith: () => undefined });
  for (const command of program.commands) command.action(() => undefined);
  return program;
}

const namesOf = (program: Command): readonly string[] =>
  program.commands.map((command) => command.name());

const programs = (): readonly string[] => readdirSync(join(ROOT, 'node_modules/.bin'));

const unlessIn = (known: readonly string[], name: string, what: string): string | undefined =>
  known.includes(name) ? undefined : `"${name}" is none of the ${what}`;

function folderOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && existsSync(join(ROOT, folder, file)))
    .map((file) => join(folder, file));
}
