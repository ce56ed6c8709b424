/** What an author reads who writes something that does not compile: somewhere in it, a sentence that says why. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../..');

/** Case by case, as `refused.test-d.ts` has them. */
const SENTENCES = {
  readsWhatNoLeadHas: "Property 'contract' is missing in type",
  readsWhatALeadMayLack: "Types of property 'company' are incompatible.",
  inABranchOfABranch: "Property 'contract' is missing in type",
  inUntil: "Property 'contract' is missing in type",
  afterUntil: "Property 'contract' is missing in type",
  onADay: "Property 'contract' is missing in type",
  afterAVerdict: "Property 'contract' is missing in type",
  anotherLeadsCondition: "Property 'plan' is missing in type",
  anotherLeadsGoal: "Property 'plan' is missing in type",
  misspeltField: "'contry' does not exist in type",
  wrongValue: 'Type \'"FR"\' is not assignable to type \'"AR" | "ES" | "MX" |',
  wrongValueAmongSome: 'Type \'"FR"\' is not assignable to type \'"AR" | "ES" | "MX"\'.',
  boundsOfAText: 'Bounds are for numbers, and this is not one.',
  testOfAList: "Type 'string[]' is not assignable to type 'NoBounds | OneOf<never>'.",
  misspeltBounds: "'atleast' does not exist in type 'Bounds | OneOf<number>'.",
  misspeltProperty: '\'plam\' does not exist in type \'Where<{ plan: "basic" | "pro"; }>\'.',
  wrongPropertyOfThePast: 'Type \'"gold"\' is not assignable to type \'"basic" | "pro" |',
  wrongPropertyOfAnOccurrence: 'Type \'number\' is not assignable to type \'"basic" | "pro"\'.',
  occurrenceWithoutItsProperties: 'Expected 1 arguments, but got 0.',
  marketingWithoutATopic: "Property 'topic' is missing in type",
  transactionalWithATopic: 'A transactional message has no consent topic.',
  noBranchAtAll: "Argument of type '{}' is not assignable to parameter of type 'YesOrNo<",
  misspeltBranch: "Did you mean to write 'yes'?",
  handoffWithoutAnSla: "Property 'sla' is missing in type '{ to: Colleague; }'",
  waitWithoutALimit: "Property 'upTo' is missing in type",
  templateAmongSteps: "Type 'EmailTemplate<{ name: string; }>' is missing",
  eventAmongSteps: "Type 'EventModel<Record<never, never>>' is missing",
  setsAMisspeltField: "Property 'contry' is missing in type",
  setsAWrongValue: 'Type \'"FR"\' is not assignable to type \'"AR" | "ES" | "MX"\'.',
  setsAWrongTypeInABlock: "Type 'string' is not assignable to type 'number'.",
};

test('compilers say what is wrong, each time', () => {
  const said = compile(readFileSync(join(HERE, 'refused.test-d.ts'), 'utf8'));
  expect([...said.keys()].sort()).toEqual(Object.keys(SENTENCES).sort());
  for (const [name, sentence] of Object.entries(SENTENCES)) {
    expect.soft(said.get(name), name).toContain(sentence);
    // It would send the author to the compiler's settings.
    expect.soft(said.get(name), name).not.toContain('exactOptionalPropertyTypes');
  }
});

/** Compiles the cases without the comments that silence them; answers with what is said about each. */
function compile(cases: string): ReadonlyMap<string, string> {
  const folder = temporaryFolder();
  const lines = cases
    .replaceAll('// @ts-expect-error', '//')
    .replaceAll("'../../", `'${ROOT}/`)
    .replaceAll("'./", `'${HERE}/`)
    .split('\n');
  writeFileSync(join(folder, 'cases.ts'), lines.join('\n'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: ['cases.ts'],
    }),
  );
  const said = new Map<string, string>();
  let current = '';
  for (const line of runTsc(folder).split('\n')) {
    const at = /^\S*cases\.ts\((\d+),\d+\): (.*)$/.exec(line);
    if (at !== null) current = caseAt(lines, Number(at[1]));
    if (current !== '') said.set(current, `${said.get(current) ?? ''}${line}\n`);
  }
  return said;
}

function runTsc(folder: string): string {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  }).stdout;
}

/** The case in which a line stands. */
function caseAt(lines: readonly string[], line: number): string {
  const above = lines.slice(0, line).findLast((each) => /^ {2}\w+: /.test(each));
  return above?.trim().split(':')[0] ?? '';
}
