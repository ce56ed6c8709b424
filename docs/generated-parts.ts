/** Parts of pages that are made from the sources: what stands between `<!-- steps -->` and `<!-- /steps -->`. Run it to write them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { commandTable } from './command-table.ts';
import { stepFacts, stepTable } from './step-table.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const FILES_WITH_PARTS = ['README.md', 'docs/steps.md', 'docs/running.md'];

const MAKERS: { readonly [part: string]: (argument: string) => string } = {
  steps: stepTable,
  step: stepFacts,
  commands: commandTable,
};

const PART = /<!-- (\w+)(?: ([\w-]+))? -->\n[\s\S]*?(?<=\n)<!-- \/\1 -->/g;

/** The file as it is, and as it must be. */
export function withParts(file: string): { readonly is: string; readonly mustBe: string } {
  const is = readFileSync(join(ROOT, file), 'utf8');
  const mustBe = is.replaceAll(PART, (whole, part: string, argument = '') => {
    const make = MAKERS[part];
    const open = argument === '' ? part : `${part} ${argument}`;
    return make === undefined
      ? whole
      : `<!-- ${open} -->\n\n${make(argument)}\n\n<!-- /${part} -->`;
  });
  return { is, mustBe };
}

if (argv[1] === fileURLToPath(import.meta.url))
  for (const file of FILES_WITH_PARTS) writeFileSync(join(ROOT, file), withParts(file).mustBe);
