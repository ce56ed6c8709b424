/** The README's table of steps, made from the first line of each step's file. Run it to write the table. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = join(ROOT, 'README.md');
const BETWEEN = /(<!-- steps -->\n)[\s\S]*?(\n<!-- \/steps -->)/;

/** `waitDays(n)`: what it does, as the file says in its first sentence. */
const FIRST_LINE = /^\/\*\* (`[^:]+`): ([^.]+)\./;

export function stepTable(): string {
  const folder = join(ROOT, 'dsl', 'steps');
  const rows = readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const [, call, says] = FIRST_LINE.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
      return call === undefined || says === undefined ? [] : [[call, says] as const];
    });
  return table([['step', 'what it does'], ...rows]);
}

/** As prettier would write it. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const line = ([call, says]: readonly [string, string], fill = ' ') =>
    `| ${call.padEnd(width(0), fill)} | ${says.padEnd(width(1), fill)} |`;
  const [head = ['', ''] as const, ...body] = rows;
  return [line(head), line(['', ''], '-'), ...body.map((row) => line(row))].join('\n');
}

/** The README with the table as it must be. */
export const readmeWithTable = (readme: string): string =>
  readme.replace(
    BETWEEN,
    (_, before: string, after: string) => `${before}\n${stepTable()}\n${after}`,
  );

export const readReadme = (): string => readFileSync(README, 'utf8');

if (argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(README, readmeWithTable(readReadme()));
