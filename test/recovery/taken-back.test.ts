/** An execution that was lost speaks once more after another one has its people: the one that lives takes everybody back, and all arrive. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { recordPositions } from '../../activities/requests/write-moves.ts';
import { perform } from '../../activities/requests/perform.ts';
import { whoIsIn } from '../../activities/recovery/who-is-in.ts';
import { compile, journey, lead, notify, owner, waitHours } from '../../dsl/index.ts';
import type { Instant } from '../../dsl/plan.ts';
import { entryPosition } from '../../engine/entry.ts';
import type { CohortItem, EnrolItem } from '../../engine/items.ts';
import { enrolments } from '../../store/tables/index.ts';
import { CohortHost } from '../../workflows/cohort-host.ts';
import type { Engine } from '../../workflows/engine.ts';
import { laneWorld, type LaneWorld, NOON } from '../lane-world.ts';

const MINUTE = 60_000;
const welcome = journey('welcome', { lead: lead(z.object({ name: z.string() })) }, [
  notify(owner),
  waitHours(2),
  notify(owner),
]);
const plan = compile(welcome);
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function engineOver(world: LaneWorld, execution: string) {
  let hear: (items: readonly CohortItem[]) => void = () => undefined;
  let wake: () => void = () => undefined;
  const engine: Engine = {
    activities: {
      perform: async (asked) => overTheWire(await perform(world, overTheWire(asked))),
      recordPositions: async (moves) =>
        overTheWire(await recordPositions(world, overTheWire(moves))),
      whoIsIn: async (asked) => overTheWire(await whoIsIn(world, asked)),
      runOwnCode: async () => ({ type: 'own' }),
    },
    planOf: () => plan,
    cancellable: (work) => ({ ended: work(), cancel: () => undefined }),
    identity: () => ({ cohort: 'c-1', execution }),
    hasExactInstants: () => true,
    onItems: (listener) => {
      hear = listener;
    },
    until: (holds) =>
      new Promise((go) => {
        wake = () => {
          if (holds()) go();
        };
      }),
    timer: () => {
      const cut = new AbortController();
      const ended = new Promise<void>((resolve) =>
        cut.signal.addEventListener('abort', () => resolve()),
      );
      wake = () => cut.abort();
      return { ended, cutShort: () => cut.abort() };
    },
    history: () => ({ events: 1, isLong: false }),
    continueAsNew: () => new Promise(() => undefined),
    tell: () => undefined,
    stepIndex: { read: () => undefined, write: () => undefined },
  };
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 40; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    engine,
    hear: async (item: CohortItem) => {
      hear([item]);
      await turn();
    },
    wake: async () => {
      wake();
      await turn();
    },
  };
}

const entryOf = (id: string, at: Instant): EnrolItem => ({
  type: 'enrol',
  run: `run-${id}`,
  lead: id,
  plan: plan.hash,
  zone: 'UTC',
  at,
});

test('everybody is taken back at once, those who entered since too', async () => {
  const config = {
    journeys: [welcome],
    team: [{ id: 'marta', name: 'Marta', email: 'marta@sol.example' }],
    assignOwner: ['marta'],
  };
  const world = laneWorld({}, config);
  let now = NOON;
  const add = (id: string) =>
    world.addPerson(
      id,
      {},
      { plan: plan.hash, enteredAt: now, position: entryPosition(entryOf(id, now), now) },
    );
  await add('ana');
  const { engine, hear, wake } = engineOver(world, 'second');
  const time = { now: () => now, beforeRound: async () => undefined, horizon: () => Infinity };
  const input = { settings: { tickMs: MINUTE, spreadMs: 0 }, ask: { isBegunAgain: true } };
  const over = new CohortHost(input, time, engine).run();
  await wake();
  for (let i = 0; i < 15; i += 1) {
    now += 5 * MINUTE;
    await add(`later-${i}`);
    await hear(entryOf(`later-${i}`, now));
  }
  await whoIsIn(world, { cohort: 'c-1', execution: 'first', isBegunAgain: true });
  for (let i = 0; i < 60; i += 1) {
    now += 5 * MINUTE;
    await wake();
  }
  await over;
  const runs = await world.store.transaction((tx) => tx.find(enrolments, {}));
  expect(runs.map(({ status }) => status)).toEqual(Array(16).fill('completed'));
});
