/** Own code that does not end, under a small engine of our own: the cohort's history stays bounded, and nobody waits in vain. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { compile, journey, lead, step, waitHours } from '../dsl/index.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import type { OwnCodeAsked } from '../engine/asked.ts';
import type { CohortItem } from '../engine/items.ts';
import type { Move } from '../engine/position.ts';
import { CohortHost } from './cohort-host.ts';
import type { CohortInput } from './cohort-input.ts';
import type { Engine } from './engine.ts';

const ENTRY = Date.UTC(2026, 2, 2, 10);
const Lead = lead(z.object({ name: z.string() }));
const plan = compile(
  journey('own', { lead: Lead }, [
    step('print', () => undefined),
    waitHours(1),
    step('post', () => undefined),
  ]),
);

const enrol = (run: string): CohortItem => ({
  type: 'enrol',
  run,
  lead: run,
  plan: plan.hash,
  zone: 'UTC',
  at: ENTRY,
});
const settings = { tickMs: 60_000, spreadMs: 0 };

class SmallEngine implements Engine {
  now: Instant = ENTRY;
  events = 0;
  readonly asked: OwnCodeAsked[] = [];
  readonly answers = new Map<string, (answer: Answer) => void>();
  readonly fail = new Map<string, (error: Error) => void>();
  readonly cancelled: string[] = [];
  readonly moves: Move[] = [];
  next: CohortInput | undefined;
  hear: (items: readonly CohortItem[]) => void = () => undefined;
  readonly planOf = () => plan;
  readonly activities: Engine['activities'] = {
    perform: async () => [],
    whoIsIn: async () => ({ positions: [], news: [] }),
    recordPositions: async (moves) => {
      this.moves.push(...moves);
      return [];
    },
    runOwnCode: (asked) => {
      this.asked.push(asked);
      return new Promise((resolve, reject) => {
        this.answers.set(asked.run, resolve);
        this.fail.set(asked.run, reject);
      });
    },
  };
  readonly stepIndex = { read: () => undefined, write: () => undefined };
  private waiting: { readonly holds: () => boolean; readonly go: () => void } | undefined;

  identity = () => ({ cohort: 'cohort-1', execution: 'execution-1' });
  hasExactInstants = () => true;
  cancellable<T>(work: () => Promise<T>) {
    const { run } = this.asked[this.asked.length] ?? { run: '' };
    const before = this.asked.length;
    const ended = work();
    return { ended, cancel: () => void this.cancelled.push(this.asked[before]?.run ?? run) };
  }
  onItems(hear: (items: readonly CohortItem[]) => void) {
    this.hear = hear;
  }
  until(holds: () => boolean) {
    return new Promise<void>((go) => {
      this.waiting = { holds, go };
    });
  }
  timer() {
    let go: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      go = resolve;
    });
    return { ended, cutShort: go };
  }
  history = () => ({ events: this.events, isLong: false });
  continueAsNew(input: object) {
    this.next = JSON.parse(JSON.stringify(input));
    return new Promise<void>(() => undefined);
  }
  tell() {
    return undefined;
  }

  /** Lets the host do what it can. */
  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.waiting?.holds() === true) {
      const { go } = this.waiting;
      this.waiting = undefined;
      go();
      await this.turn();
    }
  }
}

async function hosted(input: Omit<CohortInput, 'settings'>) {
  const engine = new SmallEngine();
  const time = {
    now: () => engine.now,
    beforeRound: () => Promise.resolve(),
    horizon: () => Infinity,
  };
  const host = new CohortHost({ settings, maxEvents: 60, ...input }, time, engine);
  const over = host.run();
  await engine.turn();
  return { engine, over };
}

test('own code that does not end holds up the next execution for a while, then is asked again by it', async () => {
  const { engine } = await hosted({ items: [enrol('ana'), enrol('ben')] });
  expect(engine.asked.map(({ run }) => run)).toEqual(['ana', 'ben']);
  engine.answers.get('ben')?.({ type: 'own' });
  engine.events = 100;
  await engine.turn();
  expect(engine.next).toBeUndefined();
  engine.events = 121;
  engine.hear([enrol('eva')]);
  await engine.turn();
  expect(engine.next?.state?.positions).toHaveLength(3);

  const { engine: later } = await hosted({ ...engine.next, items: [] });
  expect(later.asked.map(({ run, key }) => [run, key])).toEqual([
    ['ana', engine.asked[0]?.key],
    ['eva', engine.asked[2]?.key],
  ]);
});

test('own code of somebody who has left is called off, and nobody waits for it', async () => {
  const { engine, over } = await hosted({ items: [enrol('ana')] });
  engine.hear([{ type: 'end', run: 'ana', reason: 'merged', at: ENTRY }]);
  await engine.turn();
  expect(engine.cancelled).toEqual(['ana']);
  await expect(over).resolves.toBeUndefined();
});

test('own code that fails for good parks its person with what was thrown; the cohort may go on as a new one', async () => {
  const { engine } = await hosted({ items: [enrol('ana'), enrol('ben')] });
  const thrown = Object.assign(new Error('The printer is out of paper.'), { type: 'PrinterError' });
  engine.fail.get('ana')?.(new Error('Activity task failed', { cause: thrown }));
  engine.answers.get('ben')?.({ type: 'own' });
  engine.events = 61;
  await engine.turn();
  const parked = engine.next?.state?.positions.find(({ run }) => run.id === 'ana');
  expect(parked?.parked?.error).toBe('PrinterError: The printer is out of paper.');
  const { engine: later } = await hosted({
    ...engine.next,
    items: [{ type: 'retry', run: 'ana' }],
  });
  expect(later.asked.map(({ key }) => key)).toEqual([engine.asked[0]?.key]);
});
