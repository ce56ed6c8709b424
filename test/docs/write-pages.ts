/**
 * The code of documents as files that can be compiled and run. A block whose first line names a file
 * (`// webinar.ts`) is that file; all others of a document are one file, in their order.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, blocksOf, ROOT } from './documents.ts';
import { statementsOf } from './statements.ts';

const FILE = /^\/\/ (\S+\.ts)\n/;
const TRIAL = join(ROOT, 'examples/trial-nurture');

/** Files that are there before the reader begins: for the tutorial, what `npm create cultivo` makes. */
const AS_CREATED: { readonly [document: string]: string } = {
  'README.md': TRIAL,
  'docs/tutorial.md': join(ROOT, 'create', 'template'),
};
/** The front page shows the journey alone, without what its file imports. */
const BEFORE: { readonly [document: string]: string | undefined } = {
  'README.md': readFileSync(join(TRIAL, 'trial-nurture.ts'), 'utf8').split('\n\n')[0],
};

/** Declared here for a package that has no types. */
const TYPES = join(ROOT, 'store/fs-native-extensions.d.ts');

export interface WrittenPage {
  readonly document: string;
  readonly folder: string;
  /** To be imported: they make tests. */
  readonly tests: readonly string[];
}

/** A folder in which `cultivo` means this checkout. */
export function preparePages(folder: string): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cultivo'));
  for (const name of ['zod', 'vitest', '@types'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const tsconfig = { extends: join(ROOT, 'tsconfig.json'), include: ['**/*.ts', TYPES] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
}

/** @returns undefined for a document without code. */
export function writePage(folder: string, document: string): WrittenPage | undefined {
  const blocks = blocksOf(document).filter(({ language }) => language === 'ts');
  if (blocks.length === 0) return undefined;
  const page = join(folder, document.replace(/\.md$/, '').replaceAll('/', '-'));
  const created = AS_CREATED[document];
  if (created === undefined) mkdirSync(page);
  else cpSync(created, page, { recursive: true });
  const tests: string[] = [];
  const rest: Block[] = [];
  for (const [i, block] of blocks.entries()) {
    const [, file] = FILE.exec(block.text) ?? [];
    if (file !== undefined) writeTo(join(page, file), block.text);
    if (file?.endsWith('.test.ts')) tests.push(join(page, file));
    // It stands by itself: what it names may be named again.
    if (file === undefined && block.notRun !== undefined)
      writeFileSync(join(page, `not-run-${i}.ts`), block.text);
    if (file === undefined && block.notRun === undefined) rest.push(block);
  }
  if (rest.length > 0) {
    const before = BEFORE[document] ?? '';
    writeFileSync(join(page, 'page.ts'), [before, ...rest.map(({ text }) => text)].join('\n\n'));
    const run = join(page, 'page.test.mts');
    writeFileSync(run, testOf(before, rest));
    tests.push(run);
  }
  return { document, folder: page, tests };
}

function writeTo(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A module that runs the statements in their order, and makes a test of each that has an arrow. */
function testOf(before: string, blocks: readonly Block[]): string {
  return [
    before,
    `import { expect as expect$, test as test$ } from 'vitest';`,
    'const same$ = (is, expected) => typeof expected === "object" ? expect$(is).toMatchObject(expected) : expect$(is).toBe(expected);',
    ...blocks.flatMap(({ text, line }) =>
      statementsOf(text).map(({ source, line: within, expected }) =>
        expected === undefined
          ? source
          : `test$(${JSON.stringify(`line ${line + within}: ${source}`)}, async () => same$(${source}\n, ${expected}\n));`,
      ),
    ),
  ].join('\n;\n');
}
