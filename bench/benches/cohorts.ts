/** Hundreds of people per workflow, through the gate and the embedded store, beside one hand-written workflow each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../activities/world.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { laneRows, OPEN } from '../../store/tables/index.ts';
import { startLanes, stopLanes } from '../../worker/start-lanes.ts';
import type { Figure } from '../bench.ts';
import { benchStage, eventsOf } from '../bench-stage.ts';
import { heapOfCohorts } from '../heap-of-workflows.ts';
import { inFreshProcess } from '../in-fresh-process.ts';
import { middleOf } from '../measure.ts';
import { manyPeople, TOUCHES } from '../touches.ts';
import { playTwins } from '../twin/twin-stage.ts';

const PEOPLE = 3_000;
const COHORT_SIZE = 500;
const ENTRIES_OVER_MS = 1_000;
const ROUNDS = 3;
/** Far too short for so many people: what is measured is how fast they catch up. */
const PAUSE_MS = 100;
/** Their rate does not depend on how many there are; 3,000 would take minutes. */
const TWINS = 60;
const TWIN_PAUSE_MS = 3_000;

export const about = `${PEOPLE} people in cohorts of ${COHORT_SIZE}, ${TOUCHES} touches each, beside ${TWINS} hand-written journeys with an empty activity`;

export async function run(): Promise<readonly Figure[]> {
  const measure = <T>(work: () => Promise<T>) => inFreshProcess(import.meta.url, work);
  const middle = await middleOf(ROUNDS, async () => ({
    twins: await measure(twins),
    inMemory: await measure(inMemory),
    onDisk: await measure(onDisk),
    withLanes: await measure(withLanes),
  }));
  const heap = await measure(heapOfPeople);
  const other = { name: 'hand-written', value: middle(({ twins }) => twins.perSecond) };
  const goal = { of: 'ours', atLeast: 1_500 } as const;
  const rate = (what: string, ours: number) => ({ what, unit: 'touches/s', ours, other, goal });
  return [
    rate(
      'embedded store in memory',
      middle(({ inMemory }) => inMemory.perSecond),
    ),
    rate(
      'embedded store in a directory',
      middle(({ onDisk }) => onDisk.perSecond),
    ),
    rate(
      'the same, lanes sending meanwhile',
      middle(({ withLanes }) => withLanes.perSecond),
    ),
    {
      what: 'the same, until every message was sent too',
      unit: 'touches/s',
      ours: middle(({ withLanes }) => withLanes.sentPerSecond),
      other,
      better: 'more',
    },
    {
      what: 'history',
      unit: 'events/touch',
      ours: middle(({ onDisk }) => onDisk.eventsPerTouch),
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
}

export const twins = () => playTwins(TWINS, TWIN_PAUSE_MS);

export const inMemory = async () => play(await openStore());

export const onDisk = async () => play(await openStore({ directory: temporary() }));

export const withLanes = async () => play(await openStore({ directory: temporary() }), true);

export const heapOfPeople = () => heapOfCohorts(PEOPLE, COHORT_SIZE);

/** A folder that is gone with this process. */
function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cultivo-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function play(store: Store, withLanes = false) {
  const scenario = manyPeople(PEOPLE, COHORT_SIZE, PAUSE_MS);
  const { server, taskQueue, world, ...stage } = await benchStage(scenario.project, store);
  return stage.worker.runUntil(async () => {
    await stage.enter(scenario, ENTRIES_OVER_MS);
    const begun = performance.now();
    const rate = () => (PEOPLE * TOUCHES) / ((performance.now() - begun) / 1000);
    await stage.deliver();
    if (withLanes) await startLanes(world, server.client, taskQueue);
    const ids = await stage.over();
    const perSecond = rate();
    if (withLanes) await sent(world);
    const sentPerSecond = rate();
    if (withLanes) await stopLanes(world, server.client, taskQueue);
    const events = (await eventsOf(server, ids)).flat().length;
    return { perSecond, sentPerSecond, eventsPerTouch: events / (PEOPLE * TOUCHES) };
  });
}

/** Resolves when the lanes are empty; they are drained by the worker alone. */
async function sent({ store }: World): Promise<void> {
  for (const lane of ['email', 'crm'] as const) {
    const open = () => store.transaction((tx) => tx.find(laneRows, { lane, status: OPEN }));
    while ((await open()).length > 0) await pause(20);
  }
}
