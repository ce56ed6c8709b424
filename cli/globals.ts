/** Options that every command takes, before or after its name. */
import { Option, type Command } from 'commander';
import type { Terminal } from './terminal.ts';

export interface Globals {
  readonly config: string;
  readonly json: boolean;
  readonly trace: boolean;
}

export const DEFAULT_CONFIG = 'cultivo.config.ts';

export const globalOptions = (): readonly Option[] => [
  new Option('--config <file>', "the project's config").default(DEFAULT_CONFIG),
  new Option('--json', 'answer with one JSON document on standard output'),
  new Option('--trace', 'show where an error happened'),
];

/** All options of a command, its own and the global ones. */
export function optionsOf<Own extends object>(command: Command): Globals & Own {
  const {
    json = false,
    trace = false,
    ...rest
  } = command.optsWithGlobals<Own & Partial<Globals> & Pick<Globals, 'config'>>();
  // The same object with its two absent flags.
  return { ...rest, json, trace } as unknown as Globals & Own;
}

/** Prints the answer, for people or for programs. */
export const answer = (
  terminal: Terminal,
  { json }: Pick<Globals, 'json'>,
  value: object,
  text: () => string,
): void => terminal.print(json ? JSON.stringify(value) : text());

/** The examples at the end of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n');

/** For options that may be given again. */
export const collect = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  value,
];
