import { expect, test } from 'vitest';
import { cohortsThat, laneWorld, NOON, type LaneWorld } from '../../test/lane-world.ts';
import { drainBatch } from './drain-batch.ts';
import { ProviderUnavailable } from './sender.ts';
import { beginAgainRow, signalRow } from './signals-lane.ts';
import type { CohortItem } from '../../engine/items.ts';
import { laneRows } from '../../store/tables/index.ts';
import type { Cohorts, LostCohort } from '../world.ts';

const addSignal = (world: LaneWorld, cohort: string, key: string, at = NOON) =>
  world.store.transaction((tx) =>
    tx.add(laneRows, [
      signalRow(
        key,
        { journey: 'welcome', item: { type: 'end', run: key, reason: 'merged', at } },
        { cohort, person: 'p-1', at },
      ),
    ]),
  );

test('each cohort is delivered to once, its items in order', async () => {
  const world = laneWorld();
  await addSignal(world, 'a', 'run-2', NOON + 1);
  await addSignal(world, 'a', 'run-1', NOON);
  await addSignal(world, 'b', 'run-3');
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 3, failed: 0, waiting: 0 });
  const heard = world.deliveries.map(({ cohort, journey, items }) => ({
    cohort,
    journey,
    runs: items.map((item) => item.run),
  }));
  expect(heard).toEqual([
    { cohort: 'a', journey: 'welcome', runs: ['run-1', 'run-2'] },
    { cohort: 'b', journey: 'welcome', runs: ['run-3'] },
  ]);
});

test('an entry whose run is over is delivered no more: it would begin anew', async () => {
  const world = laneWorld();
  await world.addPerson('p-1', {}, { status: 'completed', endedAt: NOON });
  await world.addPerson('p-2');
  const entry = (person: string) => {
    const run = `run-${person}`;
    const item = { type: 'enrol', run, lead: person, plan: 'hash', zone: 'UTC', at: NOON } as const;
    const to = { cohort: 'c-1', person, at: NOON };
    return signalRow(`enrol/${run}`, { journey: 'welcome', item }, to);
  };
  await world.store.transaction((tx) => tx.add(laneRows, [entry('p-1'), entry('p-2')]));
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 2, failed: 0, waiting: 0 });
  expect(world.deliveries.flatMap(({ items }) => items.map(({ run }) => run))).toEqual(['run-p-2']);
});

test('a cohort that cannot be reached keeps its rows waiting, the others hear theirs', async () => {
  const heard: string[] = [];
  let isUp = false;
  const world = laneWorld({
    cohorts: cohortsThat(async (cohort) => {
      if (cohort === 'a' && !isUp) throw new Error('no such namespace');
      heard.push(cohort);
    }),
  });
  await addSignal(world, 'a', 'run-1');
  await addSignal(world, 'b', 'run-2');
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 1, failed: 0, waiting: 1 });
  expect(
    await world.store.transaction((tx) =>
      tx.find(laneRows, { lane: 'signals', status: 'waiting' }),
    ),
  ).toMatchObject([
    { cohort: 'a', code: 'undeliverable', detail: 'Error: no such namespace', attempts: 1 },
  ]);
  isUp = true;
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 1, failed: 0, waiting: 0 });
  expect(heard).toEqual(['b', 'a']);
});

test('at most 16 cohorts are delivered to at once', async () => {
  let now = 0;
  let most = 0;
  const world = laneWorld({
    cohorts: cohortsThat(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    }),
  });
  for (let i = 0; i < 50; i += 1) await addSignal(world, `cohort-${i}`, `run-${i}`);
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 50 });
  expect(most).toBe(16);
});

/** Takes rows through the lane until nothing is due, `hours` long. */
async function drainFor(world: LaneWorld, hours: number): Promise<void> {
  for (let minute = 0; minute < hours * 60; minute += 1) {
    for (;;) {
      const { rows, waiting } = await drainBatch(world, 'signals');
      if (rows === 0 && waiting === 0) break;
    }
    world.elapse(60_000);
  }
}
const rowsOf = (world: LaneWorld) => world.store.transaction((tx) => tx.find(laneRows, {}));

test('more than a cohort takes at once is brought in parts', async () => {
  const world = laneWorld();
  const id = (i: number) => `${String(i).padStart(5, '0')}${'x'.repeat(507)}`;
  for (let i = 0; i < 1_000; i += 1) await addSignal(world, 'a', id(i));
  await drainFor(world, 0.1);
  const parts = world.deliveries.map(({ items }) => items);
  expect(parts.flat().map(({ run }) => run)).toEqual(
    Array.from({ length: 1_000 }, (_, i) => id(i)),
  );
  const largest = Math.max(...parts.map((items) => Buffer.byteLength(JSON.stringify(items))));
  expect(largest).toBeLessThan(256 * 1024);
});

test('what its cohort always refuses keeps nobody else waiting, and is set aside after a while', async () => {
  const heard: string[] = [];
  const world = laneWorld({
    cohorts: cohortsThat(async (_, _journey, items) => {
      if (items.some(({ run }) => run.startsWith('poison'))) throw new Error('refused');
      heard.push(...items.map(({ run }) => run));
    }),
  });
  for (let i = 0; i < 2_100; i += 1) await addSignal(world, 'a', `poison-${i}`);
  await addSignal(world, 'a', 'good');
  await addSignal(world, 'b', 'other');
  await drainFor(world, 0.5);
  expect(heard.toSorted()).toEqual(['good', 'other']);
  await drainFor(world, 2);
  const aside = (await rowsOf(world)).filter(({ status }) => status === 'aside');
  expect(aside).toHaveLength(2_100);
  expect(aside[0]).toMatchObject({ code: 'undeliverable', detail: 'Error: refused' });
}, 60_000);

test('while the engine is away nothing is set aside, and all of it arrives within half a minute of its return', async () => {
  let isUp = false;
  const heard: string[] = [];
  const world = laneWorld({
    cohorts: cohortsThat(async (cohort) => {
      if (!isUp) throw new ProviderUnavailable('temporal-unavailable', 'connect ECONNREFUSED');
      heard.push(cohort);
    }),
  });
  await addSignal(world, 'a', 'run-1');
  await drainFor(world, 24);
  expect(await rowsOf(world)).toMatchObject([{ status: 'later', code: 'temporal-unavailable' }]);
  isUp = true;
  world.elapse(30_000);
  await drainFor(world, 0.02);
  expect(heard).toEqual(['a']);
});

/** An engine that has these cohorts and no others. */
function forgetfulEngine(...ids: readonly string[]) {
  const there = new Set(ids);
  const heard: (readonly [cohort: string, runs: readonly string[]])[] = [];
  const begun: LostCohort[] = [];
  const hear = (cohort: string, items: readonly CohortItem[]) =>
    heard.push([cohort, items.map(({ run }) => run)]);
  const cohorts: Cohorts = {
    deliver: async (cohort, _, items) => {
      if (there.has(cohort)) hear(cohort, items);
      return there.has(cohort);
    },
    beginAgain: async (cohort, items) => {
      begun.push(cohort);
      hear(cohort.id, items);
    },
  };
  return { cohorts, heard, begun };
}

test('news for a cohort that the engine has lost begins it again with whoever the store has in it', async () => {
  const { cohorts, heard, begun } = forgetfulEngine('there');
  const world = laneWorld({ cohorts });
  await world.addPerson('p-1', {}, { cohort: 'many' });
  await world.addPerson('p-2', {}, { cohort: 'welcome/run-p-2' });
  await world.addPerson('p-3', {}, { cohort: 'over', status: 'completed' });
  for (const cohort of ['there', 'many', 'welcome/run-p-2', 'over']) {
    await addSignal(world, cohort, `news-of-${cohort}`);
  }
  expect(await drainBatch(world, 'signals')).toMatchObject({ rows: 4, failed: 0, waiting: 0 });
  expect(begun).toEqual([
    { id: 'many', journey: 'welcome', lead: undefined, anew: false },
    { id: 'welcome/run-p-2', journey: 'welcome', lead: 'p-2', anew: false },
  ]);
  expect(heard).toHaveLength(3);
});

test('cohorts that are to begin again do so, and those that are over do not', async () => {
  const { cohorts, begun } = forgetfulEngine('many');
  const world = laneWorld({ cohorts });
  await world.addPerson('p-1', {}, { cohort: 'many' });
  const row = (cohort: string, anew: boolean) =>
    beginAgainRow('loss-1', { journey: 'welcome', anew }, { cohort, at: NOON });
  await world.store.transaction((tx) =>
    tx.add(laneRows, [row('many', false), row('many', true), row('over', true)]),
  );
  await drainBatch(world, 'signals');
  expect(begun).toEqual([{ id: 'many', journey: 'welcome', lead: undefined, anew: false }]);
});
