/**
 * What one more waiting person costs in a worker's heap. Workflows run in this isolate, touches do
 * nothing on either side, and everybody waits for the second of nine touches.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../dsl/step.ts';
import { makeScenario } from '../rehearsal/scenario.ts';
import { groupBy } from '../store/group-by.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { CohortItem } from '../engine/items.ts';
import { ana, nineTouches } from '../test/nine-touches.ts';
import { benchStage } from './bench-stage.ts';
import { heapUsed } from './measure.ts';
import { calendar, twinStage } from './twin/twin-stage.ts';

/**
 * The heap of `people` who wait, in cohorts of `cohortSize`, beside others who wait already; and the length of
 * a run as JSON, which is what a snapshot costs.
 */
export async function heapOfCohorts(people: number, cohortSize: number) {
  const before = Math.max(BEFORE, cohortSize);
  const person = { lead: ana, from: '2026-03-02T10:00', cohortSize };
  const scenario = makeScenario(
    nineTouches,
    Array.from({ length: before + people }, () => person),
  );
  let answered = 0;
  let json = 0;
  const stage = await benchStage(scenario.project, memoryStore(), {
    activities: {
      perform: async (asked) => {
        answered += asked.length;
        for (const { run } of asked) json += JSON.stringify(run).length;
        return asked.map((): Answer => ({ type: 'effect', answer: { verdict: 'done' } }));
      },
      recordPositions: async () => undefined,
      // The store knows everybody from the beginning; here they come as they are delivered.
      whoIsIn: async () => ({ positions: [], news: [] }),
    },
    inThisIsolate: true,
  });
  const enter = async (count: number) => {
    const rows = await stage.world.store.transaction((tx) =>
      tx.claim('signals', 'bench', count, Date.now()),
    );
    for (const [cohort, own] of groupBy(rows, (row) => row.cohort)) {
      // Written by `enrol`, as the lane reads it.
      const items = own.map(({ payload }) => payload['item'] as unknown as CohortItem);
      await stage.world.cohorts.deliver(cohort, scenario.journey, items);
    }
  };
  return stage.worker.runUntil(async () => {
    await stage.enter(scenario);
    const perPerson = await heapPerPerson(before, people, enter, () => answered);
    return { perPerson, jsonPerPerson: json / (before + people) };
  });
}

/** The heap of one hand-written workflow that waits, beside others. */
export async function heapOfTwin(count: number): Promise<number> {
  const twin = await twinStage({ inThisIsolate: true });
  const enter = async (more: number) => {
    for (let i = 0; i < more; i++) await twin.start(calendar());
  };
  return twin.worker.runUntil(() => heapPerPerson(BEFORE, count, enter, twin.touches));
}

/** They make what everybody shares: compiled code, caches, connections. */
const BEFORE = 100;

async function heapPerPerson(
  before: number,
  count: number,
  enter: (count: number) => Promise<void>,
  touches: () => number,
): Promise<number> {
  const fill = async (more: number) => {
    const wanted = touches() + more;
    await enter(more);
    while (touches() < wanted) await pause(20);
    await pause(1_000); // the last answers reach their workflows, which set their timers
    return heapUsed();
  };
  const filled = await fill(before);
  return ((await fill(count)) - filled) / count;
}
