/** Ninety days on a real server whose clock leaps: how long authors wait for the second host. */
import { randomUUID } from 'node:crypto';
import { memoryPorts } from '../../channels/index.ts';
import { begin, happen } from '../../rehearsal/begin.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { skipTime } from '../../rehearsal/temporal/skip-time.ts';
import { skippingClient } from '../../rehearsal/temporal/skipping-client.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { ana, nineTouches } from '../../test/nine-touches.ts';
import { hostJourneys } from '../../worker/host-journeys.ts';
import type { Figure } from '../bench.ts';
import { benchServer } from '../bench-stage.ts';
import { inFreshProcess } from '../in-fresh-process.ts';
import { middleOf } from '../measure.ts';
import { calendar, twinStage } from '../twin/twin-stage.ts';

const STORIES = 7;

export const about =
  'nine touches in ninety days on a real server that skips time, lanes sending, beside the hand-written journey';

export async function run(): Promise<readonly Figure[]> {
  const { story, withWorker } = await inFreshProcess(import.meta.url, ours);
  const other = { name: 'hand-written', value: await inFreshProcess(import.meta.url, twins) };
  const goal = { of: 'ours', atMost: 500 } as const;
  const what = 'a story with the start and the end of its worker';
  return [
    { what: 'a story, its worker being up', unit: 'ms', ours: story, other, goal },
    { what, unit: 'ms', ours: withWorker, other },
  ];
}

const alone = { lead: ana, from: '2026-03-02T10:00' };

/** From entry to the end of the story, one after the other on one worker; then one with a worker of its own. */
export async function ours() {
  const server = await benchServer();
  const scenario = makeScenario(nineTouches, [alone]);
  const { script, project, people } = scenario;
  const from = Math.min(...people.map(({ enters }) => enters));
  const clock = () => script.now(from);
  const skipped = skipTime({ from, script, sales: undefined, clock, happen });
  const { world, client, stop } = await hostJourneys({
    ...server,
    hosting: skipped.hosting,
    taskQueue: `bench-${randomUUID()}`,
    project,
    store: memoryStore(),
    ports: memoryPorts(),
  });
  const story = await middleTime(async (i) => {
    await begin(world, {
      ...scenario,
      people: people.map((each) => ({ ...each, id: `lead-${i}` })),
    });
    await skipped.playOut(world, client);
  });
  await stop();
  const begun = performance.now();
  const { address, cacheDirectory } = server;
  await rehearse(nineTouches, alone, onTemporal({ address, cacheDirectory }));
  return { story, withWorker: performance.now() - begun };
}

export async function twins(): Promise<number> {
  const { connection, namespace } = await benchServer();
  const twin = await twinStage({ client: skippingClient(connection, namespace) });
  return twin.worker.runUntil(() => middleTime(() => twin.play(calendar())));
}

async function middleTime(play: (i: number) => Promise<unknown>): Promise<number> {
  const middle = await middleOf(STORIES, async (i) => {
    const begun = performance.now();
    await play(i);
    return performance.now() - begun;
  });
  return middle((ms) => ms);
}
