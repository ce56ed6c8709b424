/**
 * Runs the examples of public docstrings: what stands before a `// =>` equals what stands after it. Statements
 * without an arrow set up the next ones.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Statement, statementsOf } from './docs/statements.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ARROW = '// =>';

const files = ['docs', 'dsl', 'rehearsal'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|test-d|contract)\.ts$/.test(file))
    .map((file) => join(folder, file))
    .sort(),
);

test.each(files.filter((file) => examplesOf(file).length > 0))('%s', async (file) => {
  const scope = { ...(await import('./doc-scope.ts')), ...(await import(join(ROOT, file))) };
  const module = join(temporaryFolder(), 'examples.ts');
  writeFileSync(module, moduleOf(examplesOf(file), Object.keys(scope)));
  const { run } = await import(module);
  const results = run(scope);
  for (const { source, actual, expected } of results) expect(actual, source).toEqual(expected);
  expect(results).toHaveLength(arrowsIn(examplesOf(file).join('\n')));
});

test('arrows stand in examples alone', () => {
  for (const file of files) {
    expect(arrowsIn(examplesOf(file).join('\n')), file).toBe(arrowsIn(read(file)));
  }
});

const arrowsIn = (text: string): number => text.split(ARROW).length - 1;

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The texts behind `@example` that have an arrow. */
function examplesOf(file: string): readonly string[] {
  return [...read(file).matchAll(/\/\*\*(.*?)\*\//gs)]
    .flatMap(([, comment = '']) =>
      comment
        .replaceAll(/^ *\* ?/gm, '')
        .split('@example')
        .slice(1),
    )
    .map((text) => text.split(/^@\w+/m)[0] ?? '')
    .filter((text) => text.includes(ARROW));
}

/** A module that runs each example in a block of its own, with everything in scope. */
function moduleOf(examples: readonly string[], names: readonly string[]): string {
  return [
    `export function run({ ${names.join(', ')} }) {`,
    '  const results = [];',
    ...examples.map((example) => `  {\n${statementsOf(example).map(run).join('\n;\n')}\n  }`),
    '  return results;',
    '}',
  ].join('\n');
}

const run = ({ source, expected }: Statement): string =>
  expected === undefined
    ? source
    : `results.push({ source: ${JSON.stringify(source)}, actual: ${source}\n, expected: ${expected} })`;
