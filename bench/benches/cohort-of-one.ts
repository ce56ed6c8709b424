/**
 * One workflow per person, beside the same journey written by hand: events, throughput, heap. Throughput
 * is measured with waits of seconds, which are too short for the search attribute that says where a
 * person stands; each wait of a minute or more costs one event and one write of the index on top.
 */
import { makeScenario } from '../../rehearsal/scenario.ts';
import { skippingClient } from '../../rehearsal/temporal/skipping-client.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { ana, nineTouches } from '../../test/nine-touches.ts';
import type { Figure } from '../bench.ts';
import { benchServer, benchStage, eventsOf } from '../bench-stage.ts';
import { heapOfCohorts, heapOfTwin } from '../heap-of-workflows.ts';
import { inFreshProcess } from '../in-fresh-process.ts';
import { middleOf } from '../measure.ts';
import { manyPeople, type Rate, rateOf, TOUCHES } from '../touches.ts';
import { calendar, playTwins, twinStage } from '../twin/twin-stage.ts';

const JOURNEYS = 80;
const PAUSE_MS = 3_000;
const ROUNDS = 3;
const SLEEPERS = 400;

export const about =
  'one workflow per person, beside the same journey written by hand (a timer and a regular activity per touch)';

export async function run(): Promise<readonly Figure[]> {
  const measure = <T>(work: () => Promise<T>) => inFreshProcess(import.meta.url, work);
  const [events, twinEvents] = [await measure(ourEvents), await measure(eventsOfTwin)];
  const middle = await middleOf(ROUNDS, async () => ({
    ours: await measure(ourRate),
    twins: await measure(rateOfTwins),
  }));
  const [heap, twinHeap] = [await measure(ourHeap), await measure(heapOfTwins)];
  const byHand = (value: number) => ({ name: 'hand-written', value });
  return [
    {
      what: 'history of nine touches in ninety days',
      unit: 'events',
      ours: events,
      other: byHand(twinEvents),
      goal: { of: 'ours', atMost: 62 },
    },
    {
      what: `${JOURNEYS} journeys due at once, ${TOUCHES} times (gate and store in memory; by hand an empty activity)`,
      unit: 'touches/s',
      ours: middle(({ ours }) => ours.perSecond),
      other: byHand(middle(({ twins }) => twins.perSecond)),
      goal: { of: 'ratio', atLeast: 1.6 },
    },
    {
      what: 'processor time of server and worker',
      unit: 'ms/touch',
      ours: middle(({ ours }) => ours.processorMs),
      other: byHand(middle(({ twins }) => twins.processorMs)),
    },
    {
      what: `heap of a worker per waiting person, ${SLEEPERS} of them`,
      unit: 'bytes',
      ours: heap.perPerson,
      other: byHand(twinHeap),
      goal: { of: 'ratio', atMost: 1.3 },
    },
  ];
}

/** In skipped time: the real calendar. */
export async function ourEvents(): Promise<number> {
  const server = await benchServer();
  const scenario = makeScenario(nineTouches, [{ lead: ana, from: '2026-03-02T10:00' }]);
  const client = skippingClient(server.connection, server.namespace);
  const stage = await benchStage(scenario.project, memoryStore(), { client });
  const ids = await stage.worker.runUntil(() =>
    stage.enter(scenario).then(stage.deliver).then(stage.over),
  );
  return (await eventsOf(server, ids)).flat().length;
}

export async function eventsOfTwin(): Promise<number> {
  const server = await benchServer();
  const twin = await twinStage({ client: skippingClient(server.connection, server.namespace) });
  const id = await twin.worker.runUntil(() => twin.play(calendar()));
  return (await eventsOf(server, [id])).flat().length;
}

export async function ourRate(): Promise<Rate> {
  const scenario = manyPeople(JOURNEYS, 1, PAUSE_MS);
  const stage = await benchStage(scenario.project, memoryStore());
  return stage.worker.runUntil(() =>
    rateOf(stage.server, PAUSE_MS, () =>
      stage.enter(scenario).then(stage.deliver).then(stage.over),
    ),
  );
}

export const rateOfTwins = (): Promise<Rate> => playTwins(JOURNEYS, PAUSE_MS);

export const ourHeap = () => heapOfCohorts(SLEEPERS, 1);

export const heapOfTwins = () => heapOfTwin(SLEEPERS);
