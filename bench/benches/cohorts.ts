/** Hundreds of people per workflow, through the gate and the embedded store, beside one hand-written workflow each. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../activities/world.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { startLanes, stopLanes } from '../../worker/start-lanes.ts';
import type { Bench } from '../bench.ts';
import { benchStage, countEvents } from '../bench-stage.ts';
import type { Figure } from '../figure.ts';
import { heapOfCohorts } from '../heap-of-workflows.ts';
import { median } from '../median.ts';
import { manyPeople, TOUCHES } from '../touches.ts';
import { playTwins } from '../twin/play-twins.ts';
import { laneRows, OPEN } from '../../store/tables/index.ts';

const PEOPLE = 3_000;
const COHORT_SIZE = 500;
const ENTRIES_OVER_MS = 1_000;
const ROUNDS = 3;
/** Its rate does not depend on how many there are; 3,000 would take minutes. */
const TWINS = 60;

export const cohorts: Bench = {
  name: 'cohorts',
  about: `${PEOPLE} people in cohorts of ${COHORT_SIZE}, ${TOUCHES} touches each, beside ${TWINS} hand-written journeys with an empty activity`,
  run: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cultivo-bench-'));
    try {
      const twins: number[] = [];
      const inMemory: Played[] = [];
      const onDisk: Played[] = [];
      const withLanes: Played[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const open = (name: string) =>
          openStore({ directory: join(directory, `${name}-${round}`) });
        twins.push((await playTwins(TWINS)).perSecond);
        inMemory.push(await play(await openStore(), false));
        onDisk.push(await play(await open('plain'), false));
        withLanes.push(await play(await open('lanes'), true));
      }
      const other = { name: 'hand-written', value: median(twins) };
      const middle = (of: (each: Played) => number, all: readonly Played[]) => median(all.map(of));
      const perSecond = (each: Played) => each.perSecond;
      const heap = await heapOfCohorts(PEOPLE, COHORT_SIZE);
      return [
        throughput('embedded store in memory', middle(perSecond, inMemory), other),
        throughput('embedded store in a directory', middle(perSecond, onDisk), other),
        throughput('the same, lanes sending meanwhile', middle(perSecond, withLanes), other),
        {
          what: 'the same, until every message was sent too',
          unit: 'touches/s',
          ours: middle((each) => each.sentPerSecond, withLanes),
          other,
        },
        {
          what: 'history',
          unit: 'events/touch',
          ours: middle((each) => each.eventsPerTouch, onDisk),
          goal: { of: 'ours', atMost: 0.1 },
        },
        {
          what: 'heap per waiting person (JSON of the run beside it)',
          unit: 'bytes',
          ours: heap.perPerson,
          other: { name: 'JSON', value: heap.jsonPerPerson },
          goal: { of: 'ours', atMost: 2_048 },
        },
      ];
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

const throughput = (what: string, ours: number, other: Figure['other'] & {}): Figure => ({
  what,
  unit: 'touches/s',
  ours,
  other,
  goal: { of: 'ours', atLeast: 1_500 },
});

interface Played {
  readonly perSecond: number;
  /** Until the lanes were empty. */
  readonly sentPerSecond: number;
  readonly eventsPerTouch: number;
}

async function play(store: Store, withLanes: boolean): Promise<Played> {
  const scenario = manyPeople({
    count: PEOPLE,
    cohortSize: COHORT_SIZE,
    entriesOverMs: ENTRIES_OVER_MS,
  });
  const stage = await benchStage({ scenario, store });
  const { server, taskQueue, world } = stage;
  const touches = PEOPLE * TOUCHES;
  try {
    return await stage.worker.runUntil(async () => {
      await stage.enter();
      const begun = performance.now();
      const perSecond = () => touches / ((performance.now() - begun) / 1000);
      await stage.deliver();
      if (withLanes) await startLanes(world, server.client, taskQueue);
      await stage.over();
      const played = perSecond();
      if (withLanes) await sent(world);
      const sentPerSecond = perSecond();
      if (withLanes) await stopLanes(world, server.client, taskQueue);
      const events = await countEvents(server, [...stage.cohorts.people.keys()]);
      return { perSecond: played, sentPerSecond, eventsPerTouch: events / touches };
    });
  } finally {
    await store.close();
  }
}

/** Resolves when the lanes are empty; they are drained by the worker alone. */
async function sent({ store }: World): Promise<void> {
  for (const lane of ['email', 'crm'] as const) {
    const open = () => store.transaction((tx) => tx.find(laneRows, { lane, status: OPEN }));
    while ((await open()).length > 0) await pause(20);
  }
}
