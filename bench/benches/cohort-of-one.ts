/**
 * One workflow per person, beside the same journey written by hand: events, throughput, heap. Throughput
 * is measured with waits of 100 ms, which are too short for the search attribute that says where a
 * person stands; each wait of a minute or more costs one event and one write of the index on top.
 */
import { nineTouches, ana } from '../../test/nine-touches.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { skippingClient } from '../../rehearsal/temporal/skipping-client.ts';
import type { Bench } from '../bench.ts';
import { benchServer } from '../bench-server.ts';
import { benchStage, countEvents } from '../bench-stage.ts';
import type { Figure } from '../figure.ts';
import { median } from '../median.ts';
import { type Rate, rateOf } from '../rate-of.ts';
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
  run: async () => [await events(), ...(await throughput()), await heap()],
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

async function throughput(): Promise<readonly Figure[]> {
  const ours: Rate[] = [];
  const twins: Rate[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await ourRate());
    twins.push(await playTwins(JOURNEYS));
  }
  const figure = (what: string, unit: string, of: (rate: Rate) => number): Figure => ({
    what,
    unit,
    ours: median(ours.map(of)),
    other: { name: 'hand-written', value: median(twins.map(of)) },
  });
  return [
    {
      ...figure(
        `${JOURNEYS} journeys of ${TOUCHES} touches (gate and store in memory; by hand an empty activity)`,
        'touches/s',
        ({ perSecond }) => perSecond,
      ),
      goal: { of: 'ratio', atLeast: 1.6 },
    },
    figure('processor time of server and worker', 'ms/touch', ({ processorMs }) => processorMs),
  ];
}

async function ourRate(): Promise<Rate> {
  const scenario = manyPeople({ count: JOURNEYS, cohortSize: 1, entriesOverMs: 0 });
  const stage = await benchStage({ scenario, store: memoryStore() });
  return stage.worker.runUntil(async () => {
    await stage.enter();
    return rateOf(JOURNEYS * TOUCHES, async () => {
      await stage.deliver();
      await stage.over();
    });
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
