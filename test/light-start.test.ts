/** What programs load before they do anything: authors' tests and workflows must start at once. */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';

/** The packages that a module loads as it is imported, its own modules followed; what it loads later is left out. */
function packagesOf(module: URL, seen = new Set<string>()): ReadonlySet<string> {
  const packages = new Set<string>();
  if (seen.has(module.href)) return packages;
  seen.add(module.href);
  const statement = /^(?:import|export) (?!type )[^;]*?from '([^']+)'|^import '([^']+)'/gm;
  for (const [, from, alone] of readFileSync(module, 'utf8').matchAll(statement)) {
    const path = from ?? alone ?? '';
    if (!path.startsWith('.')) packages.add(path);
    else for (const found of packagesOf(new URL(path, module), seen)) packages.add(found);
  }
  return packages;
}

const packages = (path: string): readonly string[] =>
  [...packagesOf(new URL(path, import.meta.url))].filter((name) => !isBuiltin(name)).sort();

test('cultivo, and cultivo/testing without a server', () => {
  expect(packages('../dsl/index.ts')).toEqual(['@noble/hashes/sha2.js', '@noble/hashes/utils.js']);
  expect(packages('../rehearsal/index.ts')).toEqual([
    '@noble/hashes/sha2.js',
    '@noble/hashes/utils.js',
    'zod',
  ]);
});

test('cultivo/testing/temporal loads what runs workflows', () => {
  expect(packages('../rehearsal/temporal/on-temporal.ts')).toContain('@temporalio/worker');
});

test('the command line, until a command is chosen', () => {
  expect(packages('../cli/main.ts')).toEqual(['commander']);
});

test('the workflows of a worker', () => {
  expect(packages('../workflows/index.ts')).toEqual(['@temporalio/common', '@temporalio/workflow']);
});
