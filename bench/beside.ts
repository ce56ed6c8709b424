/**
 * The same benchmark of this checkout and of another one, by turns, so that what else the machine does
 * meets both. Each is run by its own `main.ts`, of which only a name and `--json` are asked.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Figure } from './bench.ts';
import { median } from './measure.ts';

const HERE = fileURLToPath(new URL('..', import.meta.url));
/** Of a whole benchmark: one that hangs is not waited for. */
const LIMIT_MS = 1_800_000;

/** Medians of ours, with those of theirs as the other. A run that fails is said, and left out. */
export async function beside(name: string, there: string, rounds: number): Promise<Figure[]> {
  const ours: Figure[] = [];
  const theirs: Figure[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [checkout, figures] of [[HERE, ours] as const, [there, theirs] as const]) {
      console.error(`round ${round} of ${rounds}: ${name} of ${checkout}`);
      try {
        figures.push(...(await measure(name, checkout)));
      } catch (error) {
        console.error(`left out: ${name} of ${checkout} has failed. ${String(error)}`);
      }
    }
  }
  const first = ours.filter(({ what }, i) => ours.findIndex((each) => each.what === what) === i);
  return first.map((figure) => compare(figure, ours, theirs, basename(there)));
}

async function measure(name: string, cwd: string): Promise<readonly Figure[]> {
  const tsx = createRequire(join(cwd, 'package.json')).resolve('tsx/cli');
  const command = [tsx, '--conditions=source', 'bench/main.ts', name, '--json'];
  const child = spawn(process.execPath, command, {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  // What a `main.ts` prints, which may be older than this one.
  const [result] = JSON.parse(await text(child.stdout)) as { figures: Figure[] }[];
  return result?.figures ?? [];
}

function compare(figure: Figure, ours: Figure[], theirs: Figure[], name: string): Figure {
  const { what, unit, goal, better = goal?.atLeast === undefined ? 'less' : 'more' } = figure;
  const of = (all: Figure[]) => all.filter((each) => each.what === what).map((each) => each.ours);
  const rounds = { ours: of(ours), other: of(theirs) };
  const [mine, value] = [median(rounds.ours), median(rounds.other)];
  const worse = better === 'more' ? mine < value * 0.9 : mine > value * 1.1;
  return { what, unit, ours: mine, other: { name, value }, better, rounds, worse };
}
