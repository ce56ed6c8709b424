/** What cannot go on waits with its reason, and lets the others go on: a plan that is not there, a person who cannot be computed. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { drainBatch } from '../../activities/lanes/drain-batch.ts';
import { journey, onDay, setStage, waitHours } from '../../dsl/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { setStage as bringIn } from '../../rehearsal/set-stage.ts';
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
  await bringIn(world, scenario);
  await drainBatch(world, 'signals');
  const enrolment = async () =>
    (await world.store.transaction((tx) => tx.enrolments({ people: ['ana'] })))[0];
  const handle = client.workflow.getHandle((await enrolment())?.cohort ?? '');
  const told = await whileDeployed([], () => vi.waitUntil(() => firstFailedTask(handle), WAIT));
  expect(told).toContain(`plans/${short.id}/${plans[0]?.hash}.json`);
  expect(told).toContain('[plan-missing]');
  expect((await enrolment())?.status).toBe('live');
  await whileDeployed(plans, () => handle.result());
  expect((await enrolment())?.status).toBe('completed');
});

test('a person who cannot be computed is parked with the error, the others go on', async () => {
  const id = `crowded-${randomUUID()}`;
  const crowded = journey(id, { lead: Lead, cohortSize: 10 }, [
    setStage('mql'),
    onDay(2, setStage('sql')),
    waitHours(1),
  ]);
  const { world, client, whileDeployed } = await liveCohorts(
    composeProject({ journeys: [crowded] }),
  );
  const [plan] = world.project.plans.values();
  if (plan === undefined) throw new Error('The project has one journey.');
  const cohort = `${id}/cohort-0`;
  const handle = client.workflow.getHandle(cohort);
  onTestFinished(async () => void (await handle.terminate()));
  const zones = ['UTC', 'Nowhere/City', 'Asia/Tokyo'];
  const at = Date.now();
  await world.store.transaction(async (tx) => {
    await tx.putPeople(zones.map((zone) => ({ id: zone, profile: {}, zone: null, createdAt: at })));
    await tx.addEnrolments(
      zones.map((zone) => ({
        id: `${id}/${zone}`,
        journey: id,
        person: zone,
        plan: plan.hash,
        cohort,
        status: 'live',
        step: plan.start,
        since: at,
        enteredAt: at,
        endedAt: null,
        error: null,
      })),
    );
  });
  // As no entry of ours would: every zone is checked where it comes in.
  const entries = zones.map(
    (zone) =>
      ({ type: 'enrol', run: `${id}/${zone}`, lead: zone, plan: plan.hash, zone, at }) as const,
  );
  await world.cohorts.deliver(cohort, id, entries);
  const places = async () =>
    new Map(
      (await world.store.transaction((tx) => tx.enrolments({ journey: id }))).map((row) => [
        row.person,
        row,
      ]),
    );
  await whileDeployed([plan], async () => {
    await vi.waitUntil(async () => (await places()).get('Nowhere/City')?.status === 'parked', WAIT);
    await vi.waitUntil(async () => (await places()).get('UTC')?.step === 'day:2', WAIT);
  });
  const now = await places();
  expect(now.get('Nowhere/City')?.error).toContain('[unknown-zone]');
  expect(now.get('Asia/Tokyo')).toMatchObject({ status: 'live', step: 'day:2', error: null });
});
