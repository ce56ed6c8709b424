/**
 * Records a history of each kind of workflow in real time, as production makes them, with the plans that
 * they need. Run by `npm run record-histories`, after a change that old histories must still replay under.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import type { World } from '../activities/world.ts';
import { memoryPorts } from '../channels/index.ts';
import {
  event,
  handoffToSales,
  journey,
  minutes,
  owner,
  score,
  sendEmail,
  step,
  until,
  waitFor,
  waitHours,
  when,
} from '../dsl/index.ts';
import type { Instant } from '../dsl/plan.ts';
import { isUnderWay } from '../engine/run.ts';
import { begin } from '../rehearsal/begin.ts';
import { makeScenario, type Scenario } from '../rehearsal/scenario.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { enrolments } from '../store/tables/index.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';
import { readEnvironment } from '../worker/environment.ts';
import { hostJourneys } from '../worker/host-journeys.ts';
import { inRealTime } from '../worker/hosting.ts';
import { ana, Lead, letter } from './nine-touches.ts';
import { HISTORIES, type HistoryKind } from './recorded-histories.ts';

const SECOND_H = 1 / 3_600;
const Viewed = event('Viewed');

/** Everything that a programme does, in seconds: waits, races, branches, own code, sales. */
const hurried = journey('hurried', { lead: Lead, goal: event('Bought') }, [
  sendEmail(letter('intro')),
  waitHours(SECOND_H),
  until(
    Viewed,
    [waitFor(event('Asked'), { upTo: minutes(1 / 20) }), sendEmail(letter('related'))],
    { met: [sendEmail(letter('demo'))] },
  ),
  step('note', () => undefined),
  when(score.above(10), { no: [handoffToSales({ to: owner, sla: minutes(1 / 20) })] }),
]);

const environment = readEnvironment();
const server = await startTemporalServer({ environment, timeSkipping: false });
const connection = await Connection.connect({ address: server.address });
const native = await NativeConnection.connect({ address: server.address });

function scenarioOf(people: number, cohortSize: number): Scenario {
  const config = { tick: minutes(1 / 60) };
  const leads = Array.from({ length: people }, () => ({
    lead: ana,
    from: '2026-03-02T10:00',
    cohortSize,
    config,
  }));
  const scenario = makeScenario(hurried, leads);
  // In real time people enter now.
  return { ...scenario, people: scenario.people.map((each) => ({ ...each, enters: now() })) };
}

async function play(
  people: number,
  cohortSize: number,
  kinds: Partial<Record<HistoryKind, RegExp>>,
) {
  const scenario = scenarioOf(people, cohortSize);
  const taskQueue = `histories-${randomUUID()}`;
  const { world, client, stop } = await hostJourneys({
    hosting: inRealTime,
    connection,
    native,
    namespace: server.namespace,
    taskQueue,
    cacheDirectory: environment.CULTIVO_CACHE,
    project: scenario.project,
    store: memoryStore(),
    ports: memoryPorts(),
  });
  await begin(world, scenario);
  const [first, second] = scenario.people;
  await soon(async () => (await runs(world)).every(({ step: at }) => at !== 'email:intro'));
  if (first !== undefined) await happens(world, first.id, 'Viewed');
  await pause(1_500);
  if (second !== undefined) await happens(world, second.id, 'Bought');
  await soon(async () => (await runs(world)).every(({ status }) => !isUnderWay(status)));
  const cohort = (await runs(world))[0]?.cohort ?? '';
  const ids = [cohort, `lane/${taskQueue}/email`];
  for (const [kind, name] of Object.entries(kinds)) {
    const id = ids.find((each) => name.test(each)) ?? '';
    const history = await client.workflow.getHandle(id).fetchHistory();
    await writeFile(new URL(`${kind}.json`, HISTORIES), `${historyToJSON(history)}\n`);
  }
  for (const plan of scenario.project.plans.values()) {
    const text = `${JSON.stringify(plan, null, 2)}\n`;
    await writeFile(new URL(`plans/${plan.hash}.json`, HISTORIES), text);
  }
  await stop();
}

const runs = (world: World) => world.store.transaction((tx) => tx.find(enrolments, {}));

const happens = (world: World, person: string, name: string) =>
  recordBehaviour(world, [
    {
      type: 'track',
      source: 'recorder',
      id: randomUUID(),
      person,
      name,
      at: now(),
      properties: {},
    },
  ]);

const now = (): Instant => Date.now();

async function soon(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(100);
}

try {
  await rm(HISTORIES, { recursive: true, force: true });
  await mkdir(new URL('plans/', HISTORIES), { recursive: true });
  await play(1, 1, { 'cohort-of-one': /^hurried/ });
  await play(4, 200, { 'cohort-of-many': /^hurried/, lane: /email$/ });
} finally {
  await native.close();
  await connection.close();
  await server.stop();
}
