/**
 * `npm run bench`: measures and prints, side by side in one run. Numbers depend on the machine, so a missed
 * goal is printed and fails nothing.
 */
import { resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { type Bench, isMet, ratioOf } from './bench.ts';
import * as cohortOfOne from './benches/cohort-of-one.ts';
import * as cohorts from './benches/cohorts.ts';
import * as eventToDecision from './benches/event-to-decision.ts';
import * as lanes from './benches/lanes.ts';
import * as longPast from './benches/long-past.ts';
import * as rehearsal from './benches/rehearsal.ts';
import * as skippedTime from './benches/skipped-time.ts';
import * as studio from './benches/studio.ts';
import * as workflowBundle from './benches/workflow-bundle.ts';
import { beside } from './beside.ts';
import { inFreshProcess } from './in-fresh-process.ts';
import { printFigures } from './print-figures.ts';

/** By the names of their files, in the order in which they run. */
const BENCHES: Readonly<Record<string, Bench>> = {
  'workflow-bundle': workflowBundle,
  rehearsal,
  'skipped-time': skippedTime,
  'cohort-of-one': cohortOfOne,
  cohorts,
  'long-past': longPast,
  'event-to-decision': eventToDecision,
  lanes,
  studio,
};
const names = Object.keys(BENCHES);

const EXAMPLES = `
Examples:
  npm run bench -- rehearsal skipped-time --json
  git worktree add ../before HEAD~5 && npm ci --prefix ../before
  npm run bench -- cohorts --beside ../before --rounds 5`;

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return Number(text);
}

const command = new Command('npm run bench --')
  .description(
    'Measures every part of a benchmark in a process of its own, all in some 15 minutes.',
  )
  .addArgument(new Argument('[name...]', 'which ones; left out: all').choices(names))
  .option('--json', 'prints JSON instead of tables')
  .option(
    '--beside <checkout>',
    'by turns those of another checkout, whose packages are installed: medians (lowest–highest), and WORSE where ours is more than a tenth worse',
  )
  .option('--rounds <n>', 'how often each of the two runs', wholeNumber, 3)
  .addHelpText('after', EXAMPLES)
  .parse();
const options = command.opts<{ json?: true; beside?: string; rounds: number }>();

const results = [];
for (const name of command.args.length > 0 ? command.args : names) {
  const { about, run } = BENCHES[name] as Bench; // one of the choices
  const figures =
    options.beside === undefined
      ? await inFreshProcess(import.meta.resolve(`./benches/${name}.ts`), run, 0)
      : await beside(name, resolve(options.beside), options.rounds);
  if (options.json !== true) console.log(`${printFigures(`${name}: ${about}`, figures)}\n`);
  results.push({
    bench: name,
    about,
    figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) })),
  });
}
if (options.json === true) console.log(JSON.stringify(results, null, 2));
