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
import { begin } from '../rehearsal/begin.ts';
import { ana, nineTouches } from '../test/nine-touches.ts';
import { benchStage } from './bench-stage.ts';
import { heapUsed } from './heap-used.ts';
import { twinStage } from './twin/twin-stage.ts';
import { calendar } from './twin/calendar.ts';

export interface CohortHeap {
  readonly perPerson: number;
  /** Length of a run as JSON: what a snapshot costs. */
  readonly jsonPerPerson: number;
}

/** The heap of `people` who wait, in cohorts of `cohortSize`, beside others who wait already. */
export async function heapOfCohorts(people: number, cohortSize: number): Promise<CohortHeap> {
  const before = Math.max(BEFORE, cohortSize);
  const now = Date.now();
  const scenario = makeScenario(
    nineTouches,
    Array.from({ length: before + people }, () => ({
      lead: ana,
      from: '2026-03-02T10:00',
      cohortSize,
    })),
  );
  const everybody = scenario.people.map((each) => ({ ...each, enters: now }));
  let answered = 0;
  let json = 0;
  const stage = await benchStage({
    scenario,
    store: memoryStore(),
    activities: {
      perform: async (asked) => {
        answered += asked.length;
        for (const { run } of asked) json += JSON.stringify(run).length;
        return asked.map((): Answer => ({ type: 'effect', answer: { verdict: 'done' } }));
      },
      recordPositions: async () => undefined,
    },
    inThisIsolate: true,
  });
  return stage.worker.runUntil(async () => {
    await begin(stage.world, { ...scenario, people: everybody });
    const fill = async (count: number) => {
      const wanted = Math.min(answered + count, everybody.length);
      const rows = await stage.world.store.transaction((tx) => tx.claim('signals', 'bench', count));
      for (const [cohort, own] of groupBy(rows, (row) => row.cohort)) {
        // Written by `enrol`, as the lane reads it.
        const items = own.map(({ payload }) => payload['item'] as unknown as CohortItem);
        await stage.world.cohorts.deliver(cohort, scenario.journey, items);
      }
      while (answered < wanted) await pause(20);
      await asleep();
      return heapUsed();
    };
    const filled = await fill(before);
    const perPerson = ((await fill(people)) - filled) / people;
    return { perPerson, jsonPerPerson: json / everybody.length };
  });
}

/** The heap of one hand-written workflow that waits, beside others. */
export async function heapOfTwin(count: number): Promise<number> {
  const twin = await twinStage({ inThisIsolate: true });
  return twin.worker.runUntil(async () => {
    const fill = async (more: number) => {
      const wanted = twin.touches() + more;
      for (let i = 0; i < more; i++) await twin.start(calendar());
      while (twin.touches() < wanted) await pause(20);
      await asleep();
      return heapUsed();
    };
    const filled = await fill(BEFORE);
    return ((await fill(count)) - filled) / count;
  });
}

/** They make what everybody shares: compiled code, caches, connections. */
const BEFORE = 100;

/** The last answers reach their workflows, which set their timers. */
const asleep = (): Promise<void> => pause(1_000);
