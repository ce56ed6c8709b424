/** Every command that is printed would be understood where it is printed: in documents, in help, in what the program says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/run-cli.ts';
import { callCli } from '../call-cli.ts';
import { isMention, problemWith } from './check-command.ts';
import { blocksOf, codeSpansOf, DOCUMENTS, ROOT } from './documents.ts';
import { type ShellCommand, shellCommands } from './shell-words.ts';

const OURS = /^(?:[A-Z_]+=\S+ )*(?:npx |npm run )?cultivo\b|^npx |^npm /;

async function problemsIn(commands: readonly ShellCommand[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const command of commands) {
    const problem = await problemWith(command);
    if (problem !== undefined) problems.push(`${command.words.join(' ')}: ${problem}`);
  }
  return problems;
}

/** In sentences a command may be named without what it is called with. */
const inSentences = (spans: readonly string[]): readonly ShellCommand[] =>
  spans.flatMap(shellCommands).filter((command) => !isMention(command));

describe.each(DOCUMENTS)('%s', (document) => {
  test('its blocks of commands', async () => {
    const scripts = blocksOf(document).filter(({ language }) => language === 'sh');
    expect(await problemsIn(scripts.flatMap(({ text }) => shellCommands(text)))).toEqual([]);
  });

  test('commands in its sentences', async () => {
    const spans = codeSpansOf(document).filter((span) => OURS.test(span));
    expect(await problemsIn(inSentences(spans))).toEqual([]);
  });
});

describe('help', () => {
  const says = { print: () => undefined, note: () => undefined };
  const program = createProgram({ ...says, progress: () => undefined, exitWith: () => undefined });

  test.each(['', ...program.commands.map((command) => command.name())])('%s', async (name) => {
    const { stdout } = await callCli(...(name === '' ? [] : [name]), '--help');
    const [, examples = ''] = stdout.split('Examples:\n');
    // Behind two spaces stands what an example does.
    const lines = examples.split('\n').map((line) => line.trim().split(/ {2,}/)[0] ?? '');
    expect(lines.length).toBeGreaterThan(0);
    expect(await problemsIn(lines.flatMap(shellCommands))).toEqual([]);
  });
});

test('commands that the program tells people to run', async () => {
  const sources = readdirSync(ROOT, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !/^(\.|node_modules|dist|test|docs|site)/.test(entry.name),
    )
    .flatMap(({ name }) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(ROOT, name, file)),
    );
  const printed = sources.flatMap((file) => {
    const found = readFileSync(file, 'utf8').matchAll(
      /\\?`((?:npx |npm run )?cultivo [^`\\]+)\\?`/g,
    );
    // What is filled in is a word.
    return [...found].map(([, command = '']) => command.replaceAll(/\$\{[^}]*\}/g, 'x'));
  });
  expect(printed.length).toBeGreaterThan(20);
  expect(await problemsIn(inSentences([...new Set(printed)]))).toEqual([]);
});

test.each([
  'cultivo grph trial-nurture',
  'cultivo graph',
  'cultivo enrol trial-nurture --usr ana',
  'cultivo people --status lost',
  'cultivo status one two',
  'cultivo help grph',
  'DATABASE_ULR=postgres://db cultivo dev',
  'npx cultvo dev',
  'npm run simulat -- --seeds 1..3',
  'npm run cultivo -- retry --lane',
])('what would not be understood is found: %s', async (script) => {
  expect(await problemsIn(shellCommands(script))).toHaveLength(1);
});
