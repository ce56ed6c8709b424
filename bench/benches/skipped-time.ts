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
import type { Bench } from '../bench.ts';
import { type BenchServer, benchServer } from '../bench-server.ts';
import { median } from '../median.ts';
import { calendar } from '../twin/calendar.ts';
import { twinStage } from '../twin/twin-stage.ts';

const STORIES = 7;

export const skippedTime: Bench = {
  name: 'skipped-time',
  about:
    'nine touches in ninety days on a real server that skips time, lanes sending, beside the hand-written journey',
  run: async () => {
    const server = await benchServer();
    const other = { name: 'hand-written', value: median(await twinStories(server)) };
    const host = onTemporal({ address: server.address, cacheDirectory: server.cacheDirectory });
    const begun = performance.now();
    await rehearse(nineTouches, { lead: ana, from: '2026-03-02T10:00' }, host);
    const withWorker = performance.now() - begun;
    return [
      {
        what: 'a story, its worker being up',
        unit: 'ms',
        ours: median(await ourStories(server)),
        other,
        goal: { of: 'ours', atMost: 500 },
      },
      {
        what: 'a story with the start and the end of its worker',
        unit: 'ms',
        ours: withWorker,
        other,
      },
    ];
  },
};

/** From entry to the end of the story, one after the other on one worker. */
async function ourStories(server: BenchServer): Promise<readonly number[]> {
  const scenario = makeScenario(nineTouches, [{ lead: ana, from: '2026-03-02T10:00' }]);
  const [person] = scenario.people;
  if (person === undefined) return [];
  const { script, project } = scenario;
  const { enters: from } = person;
  const skipped = skipTime({
    from,
    script,
    sales: undefined,
    clock: () => script.now(from),
    happen,
  });
  const { world, client, stop } = await hostJourneys({
    ...server,
    hosting: skipped.hosting,
    taskQueue: `bench-${randomUUID()}`,
    project,
    store: memoryStore(),
    ports: memoryPorts(),
  });
  const times = [];
  for (let i = 0; i < STORIES; i++) {
    const begun = performance.now();
    await begin(world, { ...scenario, people: [{ ...person, id: `lead-${i}` }] });
    await skipped.playOut(world, client);
    times.push(performance.now() - begun);
  }
  await stop();
  return times;
}

async function twinStories(server: BenchServer): Promise<readonly number[]> {
  const client = skippingClient(server.connection, server.namespace);
  const twin = await twinStage({ client });
  return twin.worker.runUntil(async () => {
    const times = [];
    for (let i = 0; i < STORIES; i++) {
      const begun = performance.now();
      await server.client.workflow.getHandle(await twin.start(calendar())).result();
      times.push(performance.now() - begun);
    }
    return times;
  });
}
