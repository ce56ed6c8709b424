/**
 * `npm run simulate`: lives made of seeds, and which promises did not hold. `--seed N` replays one, and makes a failure
 * smaller until it can be read; `--seeds A..B` or `--minutes M` go through many, on all processors.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { scenarioOf } from './scenario-of.ts';
import { asTest, shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import type { Violation } from './violation.ts';

const SEEDS_AT_ONCE = 50;
const YEAR_MS = 365.25 * 86_400_000;
const EVERY_MS = 30_000;

interface Lived {
  lives: number;
  /** Lives whose stories were compared with those of the same lives without faults. */
  compared: number;
  years: number;
  faults: number;
  readonly violations: (Pick<Violation, 'promise' | 'detail'> & { readonly seed: number })[];
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function rangeIn(text: string): Range {
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (from === '' || Number(from) > Number(to))
    throw new InvalidArgumentError('Expected a range of seeds, as in 1..1000.');
  return { from: Number(from), to: Number(to) };
}

const command = new Command('npm run simulate --')
  .option(
    '--seed <n>',
    'replays one life; a failure is made smaller and printed as a test',
    wholeNumber,
  )
  .option('--seeds <a..b>', 'these lives', rangeIn)
  .option('--minutes <m>', 'lives from --from on, for so long', wholeNumber)
  .option('--from <n>', 'the first seed of --minutes', wholeNumber, 1)
  .option('--no-shrink', 'leaves a failure of --seed as it is')
  .option('--json', 'prints JSON')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run simulate -- --seeds 1..1000\n  npm run simulate -- --minutes 10 --from 5000 --json\n  npm run simulate -- --seed 387',
  );

const nothing = (): Lived => ({ lives: 0, compared: 0, years: 0, faults: 0, violations: [] });

async function live(seed: number, into: Lived): Promise<void> {
  const { faults, passedMs, violations, compared } = await simulate(scenarioOf(seed));
  into.lives += 1;
  if (compared === true) into.compared += 1;
  into.years += passedMs / YEAR_MS;
  for (const count of faults.values()) into.faults += count;
  into.violations.push(...violations.map(({ promise, detail }) => ({ seed, promise, detail })));
}

/** On as many processes as there are processors, each of which takes the next seeds when it has lived its last. */
async function liveMany(from: number, to: number, until: number, json: boolean): Promise<Lived> {
  const total = nothing();
  let next = from;
  let saidAt = Date.now();
  const takeNext = (): Range | undefined => {
    if (next > to || Date.now() >= until) return undefined;
    const range = { from: next, to: Math.min(next + SEEDS_AT_ONCE - 1, to) };
    next = range.to + 1;
    return range;
  };
  const oneProcess = async (): Promise<void> => {
    const child = fork(fileURLToPath(import.meta.url), ['--child']);
    const ended = once(child, 'exit');
    for (let range = takeNext(); range !== undefined; range = takeNext()) {
      child.send(range);
      const answer = await Promise.race([once(child, 'message'), ended]);
      const lived = answer[0] as Lived | number | null; // sent below, or how it ended
      if (lived === null || typeof lived === 'number')
        throw new Error(
          `Seeds ${range.from}..${range.to}: a process ended in the middle (${lived}).`,
        );
      total.lives += lived.lives;
      total.compared += lived.compared;
      total.years += lived.years;
      total.faults += lived.faults;
      total.violations.push(...lived.violations);
      if (json) continue;
      for (const each of lived.violations) print(each);
      if (Date.now() - saidAt < EVERY_MS) continue;
      saidAt = Date.now();
      console.error(summary(total));
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, oneProcess));
  return total;
}

const print = ({ seed, promise, detail }: Lived['violations'][number]): void =>
  console.log(`seed ${seed}: ${promise}: ${detail}`);

const summary = ({ lives, compared, years, faults, violations }: Lived): string =>
  `${lives} lives (${compared} compared with the same without faults), ${years.toFixed(1)} years, ${faults} faults, ${violations.length} violations`;

async function replay(seed: number, isToShrink: boolean): Promise<Lived> {
  const lived = nothing();
  await live(seed, lived);
  for (const each of lived.violations) print(each);
  const [first] = lived.violations;
  if (first !== undefined && isToShrink)
    console.log(asTest(await shrink(scenarioOf(seed), first.promise), first.promise));
  return lived;
}

async function main(): Promise<void> {
  const options = command.parse().opts<{
    seed?: number;
    seeds?: Range;
    minutes?: number;
    from: number;
    shrink: boolean;
    json?: true;
  }>();
  const { seed, seeds = { from: 1, to: 100 }, minutes, json = false } = options;
  const lived =
    seed !== undefined
      ? await replay(seed, options.shrink && !json)
      : minutes !== undefined
        ? await liveMany(options.from, Infinity, Date.now() + minutes * 60_000, json)
        : await liveMany(seeds.from, seeds.to, Infinity, json);
  if (lived.violations.length > 0) process.exitCode = 1;
  console.log(json ? JSON.stringify(lived, null, 2) : summary(lived));
}

if (process.argv.includes('--child')) {
  process.on('message', (range: Range) => {
    void (async () => {
      const lived = nothing();
      for (let seed = range.from; seed <= range.to; seed += 1) await live(seed, lived);
      process.send?.(lived);
    })();
  });
} else await main();
