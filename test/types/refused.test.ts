/** What an author reads who writes something that does not compile: somewhere in it, a sentence that says why. */
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../..');

interface Compiler {
  readonly name: string;
  /** Its program. */
  readonly tsc: string;
}

/** Ours, and the older ones that authors may have. */
const COMPILERS: readonly [Compiler, ...Compiler[]] = [
  { name: 'TypeScript 7', tsc: join(ROOT, 'node_modules/typescript/bin/tsc') },
  ...['5.9', '5.8'].map((version) => ({
    name: `TypeScript ${version}`,
    tsc: join(HERE, `older-compilers/node_modules/typescript-${version}/bin/tsc`),
  })),
];

/** What projects import. */
const ENTRIES = [
  'dsl/index',
  'rehearsal/index',
  'rehearsal/temporal/on-temporal',
  'client/index',
  'worker/index',
];

const NO_CONTRACT = "This step reads 'contract', which the lead of this journey does not have.";

/** Case by case, as `refused.test-d.ts` has them. */
const SENTENCES = {
  readsWhatNoLeadHas: NO_CONTRACT,
  readsWhatALeadMayLack:
    "This step reads 'company', which a lead of this journey may lack: let the template take undefined, or require it in the lead model.",
  inABranchOfABranch: NO_CONTRACT,
  inUntil: NO_CONTRACT,
  afterUntil: NO_CONTRACT,
  onADay: NO_CONTRACT,
  afterAVerdict: NO_CONTRACT,
  inALaterStep: NO_CONTRACT,
  inASharedBlock: NO_CONTRACT,
  anotherTypeOfField: "This step reads 'name' as another type than the lead of this journey has.",
  anotherLeadsCondition: "This step reads 'plan', which the lead of this journey does not have.",
  templateOnADay: 'onDay takes a day and one step: onDay(3, sendEmail(template)).',
  untypedTemplate: 'Say what the template reads: ({ lead }: EmailContext<{ name: string }>) => …',
  waitWithNothingElse:
    'waitFor needs to know how long at most: waitFor(trigger, { upTo: days(5) }).',
  anotherLeadsGoal: "Property 'plan' is missing in type",
  misspeltField: "'contry' does not exist in type",
  wrongValue: 'Type \'"FR"\' is not assignable to type',
  wrongValueAmongSome: 'Type \'"FR"\' is not assignable to type',
  boundsOfAText: 'Bounds are for numbers, and this is not one.',
  testOfAList: "Type 'string[]' is not assignable to type 'NoBounds | OneOf<never>'.",
  misspeltBounds: "'atleast' does not exist in type 'Bounds | OneOf<number>'.",
  misspeltProperty: '\'plam\' does not exist in type \'Where<{ plan: "basic" | "pro"; }>\'.',
  wrongPropertyOfThePast: 'Type \'"gold"\' is not assignable to type',
  wrongPropertyOfAnOccurrence: 'Type \'number\' is not assignable to type \'"basic" | "pro"\'.',
  occurrenceWithoutItsProperties: 'Expected 1 arguments, but got 0.',
  marketingWithoutATopic: "Property 'topic' is missing in type",
  transactionalWithATopic: 'A transactional message has no consent topic.',
  noBranchAtAll: "Argument of type '{}' is not assignable to parameter of type 'YesOrNo<",
  misspeltBranch: "Did you mean to write 'yes'?",
  handoffWithoutAnSla: "Property 'sla' is missing in type '{ to: Colleague; }'",
  waitWithoutALimit: "Property 'upTo' is missing in type",
  templateAmongSteps: 'A template is not a step: sendEmail(template) is.',
  eventAmongSteps: 'An event or a condition is not a step: waitFor, when and until take it.',
  setsAMisspeltField: "This step sets 'contry', which the lead of this journey does not have.",
  setsAWrongValue: "This step sets 'country' to a value that the lead model does not take.",
  setsAWrongTypeInABlock:
    "This step sets 'employees' to a value that the lead model does not take.",
};

describe.each(COMPILERS)('$name', ({ tsc }) => {
  test('says what is wrong, each time', () => {
    const said = refusals(tsc);
    expect([...said.keys()].sort()).toEqual(Object.keys(SENTENCES).sort());
    for (const [name, sentence] of Object.entries(SENTENCES)) {
      expect.soft(said.get(name), name).toContain(sentence);
      // It would send the author to the compiler's settings.
      expect.soft(said.get(name), name).not.toContain('exactOptionalPropertyTypes');
    }
    const longest = said.get('readsWhatNoLeadHas') ?? '';
    // Not the lead's type, field by field.
    expect(longest).not.toContain('employees');
    expect(longest.trim().split('\n')).toHaveLength(1);
  });
});

test('the declarations that the package carries are read by each of them', () => {
  const folder = temporaryFolder();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const [{ tsc: ours }] = COMPILERS;
  const emit = ['-p', join(ROOT, 'tsconfig.build.json'), '--emitDeclarationOnly'];
  spawnSync(process.execPath, [ours, ...emit, '--outDir', join(folder, 'dist')]);
  const parts = ENTRIES.map((entry, at) => `export * as part${at} from './dist/${entry}.js';`);
  writeFileSync(join(folder, 'cases.ts'), parts.join('\n'));
  for (const { name, tsc } of COMPILERS) {
    const said = compileIn(folder, tsc, { skipLibCheck: false, lib: ['es2023', 'dom'] });
    // Of others' declarations nothing is said here.
    const aboutOurs = said.split('\n').filter((line) => /^(dist\/|cases)/.test(line));
    expect(aboutOurs, name).toEqual([]);
  }
});

/** Compiles the cases without the comments that silence them; answers with what is said about each. */
function refusals(tsc: string): ReadonlyMap<string, string> {
  const folder = temporaryFolder();
  const lines = readFileSync(join(HERE, 'refused.test-d.ts'), 'utf8')
    .replaceAll('// @ts-expect-error', '//')
    .replaceAll("'../../", `'${ROOT}/`)
    .replaceAll("'./", `'${HERE}/`)
    .split('\n');
  writeFileSync(join(folder, 'cases.ts'), lines.join('\n'));
  const said = new Map<string, string>();
  let current = '';
  for (const line of compileIn(folder, tsc).split('\n')) {
    const at = /^\S*cases\.ts\((\d+),\d+\): (.*)$/.exec(line);
    if (at !== null) current = caseAt(lines, Number(at[1]));
    if (current !== '') said.set(current, `${said.get(current) ?? ''}${line}\n`);
  }
  return said;
}

/** What a compiler says about `cases.ts`. */
function compileIn(folder: string, tsc: string, options: object = {}): string {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        // Cases import our sources by their whole paths.
        rewriteRelativeImportExtensions: false,
        typeRoots: [join(ROOT, 'node_modules/@types')],
        ...options,
      },
      include: ['cases.ts'],
    }),
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
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
