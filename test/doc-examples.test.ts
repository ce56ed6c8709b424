/**
 * Runs the examples of public docstrings: what stands before a `// =>` equals what stands after it. Lines
 * without an arrow set up the next ones; they end in a semicolon.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ARROW = '// =>';

const files = ['dsl', 'rehearsal'].flatMap((folder) =>
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
  for (const { source, actual, expected } of run(scope)) {
    expect(actual, source).toEqual(expected);
  }
});

test('arrows stand in examples alone', () => {
  for (const file of files) {
    const arrows = read(file).split(ARROW).length - 1;
    const run = examplesOf(file).join('\n').split(ARROW).length - 1;
    expect(run, file).toBe(arrows);
  }
});

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
    ...examples.map((example) => `  {\n${statementsOf(example).join('\n')}\n  }`),
    '  return results;',
    '}',
  ].join('\n');
}

function statementsOf(example: string): readonly string[] {
  const statements: string[] = [];
  /** Lines of an expression whose arrow has not come yet. */
  let expression: string[] = [];
  for (const line of example.split('\n')) {
    const [code = '', expected] = line.split(ARROW);
    expression.push(code);
    if (expected !== undefined) {
      const actual = expression.join('\n').trim();
      const source = JSON.stringify(actual);
      statements.push(
        `results.push({ source: ${source}, actual: ${actual}, expected: ${expected} });`,
      );
      expression = [];
    } else if (code.trimEnd().endsWith(';')) {
      statements.push(...expression);
      expression = [];
    }
  }
  return statements;
}
