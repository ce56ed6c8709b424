/** What commands answer: one JSON document for programs, lines for people. */
import type { DataProblem } from '../activities/data-problem.ts';
import type { Globals } from './options.ts';
import type { Terminal } from './terminal.ts';

export const answer = (
  terminal: Terminal,
  { json = false }: Pick<Globals, 'json'>,
  value: object,
  text: () => string,
): void => terminal.print(json ? JSON.stringify(value) : text());

/** The examples at the end of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n');

/**
 * @example
 * plural(1, 'row') // => '1 row'
 */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Lines that are left out where they do not apply. */
export const linesIf = (applies: boolean, ...lines: readonly string[]): readonly string[] =>
  applies ? lines : [];

type Mismatch = Pick<DataProblem, 'expected' | 'received'>;

export const problemLine = (place: string, { expected, received }: Mismatch): string =>
  `${place}: expected ${expected}, received ${received}`;

const MOST_SHOWN = 50;

/** A line for each problem that is shown, and how many others there are. */
export const problemLines = <P extends Mismatch>(
  problems: readonly P[],
  placeOf: (problem: P) => string,
): readonly string[] => [
  ...problems.slice(0, MOST_SHOWN).map((each) => `  ${problemLine(placeOf(each), each)}`),
  ...linesIf(
    problems.length > MOST_SHOWN,
    `  and ${problems.length - MOST_SHOWN} more (--json lists all)`,
  ),
];
