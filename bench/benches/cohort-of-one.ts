/** One workflow per person, beside the same journey written by hand: events, throughput, heap. */
import { nineTouches, ana } from '../../test/nine-touches.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { skippingClient } from '../../worker/skip-time.ts';
import type { Bench } from '../bench.ts';
import { benchServer } from '../bench-server.ts';
import { benchStage, countEvents } from '../bench-stage.ts';
import type { Figure } from '../figure.ts';
import { median } from '../median.ts';
import { heapOfCohorts, heapOfTwin } from '../heap-of-workflows.ts';
import { manyPeople, TOUCHES } from '../touches.ts';
import { calendar } from '../twin/calendar.ts';
import { playTwins } from '../twin/play-twins.ts';
import { twinStage } from '../twin/twin-stage.ts';

const JOURNEYS = 300;
const ROUNDS = 3;
const SLEEPERS = 400;

export const cohortOfOne: Bench = {
  name: 'cohort-of-one',
  about: `one workflow per person, beside the same journey written by hand (a timer and a regular activity per touch)`,
  run: async () => [await events(), await throughput(), await heap()],
};

/** Both in skipped time: the real calendar, every event counted but the server's own notes of leaps. */
async function events(): Promise<Figure> {
  const server = await benchServer();
  const client = skippingClient(server.connection, server.namespace);
  const scenario = makeScenario(nineTouches, [{ lead: ana, from: '2026-03-02T10:00' }]);
  const [person] = scenario.people;
  const people = person === undefined ? [] : [{ ...person, enters: Date.now() }];
  const ours = await benchStage({
    scenario: { ...scenario, people },
    store: memoryStore(),
    client,
  });
  await ours.worker.runUntil(async () => {
    await ours.enter();
    await ours.deliver();
    await ours.over();
  });
  const twin = await twinStage({ client });
  const id = await twin.worker.runUntil(async () => {
    const started = await twin.start(calendar());
    await server.client.workflow.getHandle(started).result();
    return started;
  });
  return {
    what: 'history of nine touches in ninety days',
    unit: 'events',
    ours: await countEvents(server, [...ours.cohorts.people.keys()]),
    other: { name: 'hand-written', value: await countEvents(server, [id]) },
    goal: { of: 'ours', atMost: 62 },
  };
}

async function throughput(): Promise<Figure> {
  const ours: number[] = [];
  const twins: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await ourThroughput());
    twins.push(await playTwins(JOURNEYS));
  }
  return {
    what: `${JOURNEYS} journeys of ${TOUCHES} touches (ours: gate and store in memory; by hand: empty activity)`,
    unit: 'touches/s',
    ours: median(ours),
    other: { name: 'hand-written', value: median(twins) },
    goal: { of: 'ratio', atLeast: 1.6 },
  };
}

async function ourThroughput(): Promise<number> {
  const scenario = manyPeople({ count: JOURNEYS, cohortSize: 1, entriesOverMs: 0 });
  const stage = await benchStage({ scenario, store: memoryStore() });
  return stage.worker.runUntil(async () => {
    await stage.enter();
    const begun = performance.now();
    await stage.deliver();
    await stage.over();
    return (JOURNEYS * TOUCHES) / ((performance.now() - begun) / 1000);
  });
}

async function heap(): Promise<Figure> {
  return {
    what: `heap of a worker per waiting person, ${SLEEPERS} of them`,
    unit: 'bytes',
    ours: (await heapOfCohorts(SLEEPERS, 1)).perPerson,
    other: { name: 'hand-written', value: await heapOfTwin(SLEEPERS) },
    goal: { of: 'ratio', atMost: 1.3 },
  };
}
