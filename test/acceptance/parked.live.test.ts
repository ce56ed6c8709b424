/** What cannot go on waits with its reason, and lets the others go on: a plan that is not there, a person who cannot be computed. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test, vi } from 'vitest';
import { drainBatch } from '../../activities/lanes/drain-batch.ts';
import type { World } from '../../activities/world.ts';
import { event, journey, onDay, setStage } from '../../dsl/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { createIngest } from '../../ingest/create-ingest.ts';
import type { JourneySteps } from '../../ingest/journey-routes.ts';
import { begin } from '../../rehearsal/begin.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { decisions, enrolments, identities } from '../../store/tables/index.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { liveCohorts } from '../live-cohorts.ts';
import { ana, Lead } from './scenario.ts';

logTemporal(openLog('error'));
const WAIT = { timeout: 30_000, interval: 50 };

async function firstFailedTask(handle: WorkflowHandle): Promise<string | undefined> {
  const { events } = await handle.fetchHistory();
  return events
    ?.map((event) => event.workflowTaskFailedEventAttributes?.failure?.message)
    .find((message) => typeof message === 'string');
}

test('a run whose plan is missing waits for a worker that has it', async () => {
  const short = journey(`short-${randomUUID()}`, { lead: Lead }, [setStage('mql')]);
  const scenario = makeScenario(short, [{ lead: ana(), from: '2026-03-02T10:00' }]);
  const { project } = scenario;
  const { world, client, whileDeployed } = await liveCohorts(project);
  const plans = [...project.plans.values()];
  await begin(world, scenario);
  await drainBatch(world, 'signals');
  const enrolment = async () =>
    (await world.store.transaction((tx) => tx.find(enrolments, { person: 'ana' })))[0];
  const handle = client.workflow.getHandle((await enrolment())?.cohort ?? '');
  const failed = await whileDeployed([], () => vi.waitUntil(() => firstFailedTask(handle), WAIT));
  expect(failed).toContain(`plans/*/${plans[0]?.hash}.json`);
  expect(failed).toContain('[plan-missing]');
  expect((await enrolment())?.status).toBe('live');
  await whileDeployed(plans, () => handle.result());
  expect((await enrolment())?.status).toBe('completed');
});

/** Spoken to as senders and `cultivo` do; what it puts into the `signals` lane is delivered at once. */
function ingestOf(world: World) {
  const app = createIngest(world);
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const answer = await app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
    });
    expect(answer.ok).toBe(true);
    while ((await drainBatch(world, 'signals')).rows > 0);
    return answer.json();
  };
  return {
    post: ask,
    // An answer of our own route.
    steps: async (journeyId: string) =>
      (await ask(`/v1/journeys/${journeyId}/steps`)) as JourneySteps,
  };
}

test('a person who cannot be computed is parked with the error, hears what happens, and goes on when retried', async () => {
  const id = `crowded-${randomUUID()}`;
  const Booked = event('Booked');
  const crowded = journey(id, { lead: Lead, cohortSize: 10, goal: Booked }, [
    setStage('mql'),
    onDay(2, setStage('sql')),
  ]);
  const project = composeProject({ journeys: [crowded] });
  const { world, whileDeployed } = await liveCohorts({
    ...project,
    // Refused where it is composed; so nobody without a zone can be computed.
    config: { ...project.config, fallbackZone: 'Nowhere/City' },
  });
  const { post, steps } = ingestOf(world);
  const lost = { userId: 'lost', traits: { name: 'Eva' } };
  await post('/v1/identify', lost);
  await post('/v1/identify', { userId: 'found', traits: { name: 'Ben', timezone: 'UTC' } });
  const run = (userId: string) =>
    world.store.transaction(async (tx) => {
      const [identity] = await tx.find(identities, { kind: 'user', value: userId });
      const [row] = await tx.find(enrolments, { person: identity?.person ?? '' });
      return row;
    });
  await whileDeployed([...world.project.plans.values()], async () => {
    await post('/v1/enrol', { journey: id, users: [{ userId: 'lost' }, { userId: 'found' }] });
    await vi.waitUntil(async () => (await run('lost'))?.status === 'parked', WAIT);
    await vi.waitUntil(async () => (await run('found'))?.step === 'day:2', WAIT);
    expect(await steps(id)).toMatchObject({
      live: 1,
      parked: 1,
      errors: [{ count: 1, error: expect.stringContaining('[unknown-zone]') }],
    });
    await post('/v1/track', { userId: 'lost', event: 'Booked' });
    await vi.waitUntil(async () => (await run('lost'))?.position?.waiting?.length === 1, WAIT);
    await post(`/v1/journeys/${id}/retry`, {});
    await vi.waitUntil(async () => (await run('lost'))?.status === 'parked', WAIT);
    await post('/v1/identify', { ...lost, traits: { timezone: 'Asia/Tokyo' } });
    await vi.waitUntil(async () => (await run('lost'))?.position?.run.zone === 'Asia/Tokyo', WAIT);
    expect((await run('lost'))?.status).toBe('parked');
    await post(`/v1/journeys/${id}/retry`, { runs: [(await run('lost'))?.id] });
    await vi.waitUntil(async () => (await run('lost'))?.status === 'goal', WAIT);
    await post('/v1/track', { userId: 'found', event: 'Booked' });
    await vi.waitUntil(async () => (await run('found'))?.status === 'goal', WAIT);
  });
  const retried = (await run('lost'))?.id ?? '';
  const done = await world.store.transaction((tx) =>
    tx.find(decisions, { run: retried, verdict: 'done' }),
  );
  expect(done.map(({ what }) => what)).toEqual(['stage mql']);
});
