/** What the files of steps say of themselves: the README's table, and the facts on the page of steps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from './table.ts';

const STEPS = fileURLToPath(new URL('../dsl/steps', import.meta.url));

/** `waitDays(n)`: what it does, as the file says in its first sentence. */
const FIRST_LINE = /^\/\*\* (`[^:]+`): ([^.]+)\./;

interface StepFile {
  /** `wait-days` */
  readonly name: string;
  readonly call: string;
  readonly says: string;
  readonly source: string;
}

export const stepFiles: readonly StepFile[] = readdirSync(STEPS)
  .sort()
  .flatMap((file) => {
    const source = readFileSync(join(STEPS, file), 'utf8');
    const [, call, says] = FIRST_LINE.exec(source) ?? [];
    const name = file.replace('.ts', '');
    return call === undefined || says === undefined ? [] : [{ name, call, says, source }];
  });

export const stepTable = (): string =>
  table([['step', 'what it does'], ...stepFiles.map(({ call, says }) => [call, says])]);

/** The call, then what the docstring of its function says: behaviour, what it compiles to, its parameters. */
export function stepFacts(name: string): string {
  const file = stepFiles.find((each) => each.name === name);
  if (file === undefined) throw new Error(`dsl/steps/${name}.ts: expected a file of a step.`);
  const [, docstring = ''] =
    /\/\*\*\n((?: \*[^\n]*\n)*? \* Compiles to[\s\S]*?)\*\//.exec(file.source) ?? [];
  const [prose = '', ...tags] = docstring.replaceAll(/^ *\* ?/gm, '').split(/^@/m);
  const parameters = tags.flatMap((tag) => {
    const [, parameter, says] = /^param (\S+) ([\s\S]+)$/.exec(tag) ?? [];
    return parameter === undefined || says === undefined
      ? []
      : [`- \`${parameter}\`: ${inOneLine(says)}`];
  });
  const paragraphs = prose.trim().split('\n\n').map(inOneLine);
  return [
    `${file.call}: ${file.says}.`,
    ...paragraphs,
    ...(parameters.length > 0 ? [parameters.join('\n')] : []),
  ].join('\n\n');
}

const inOneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ');
