import { beforeEach, expect, test } from 'vitest';
import { laneWorld, NOON, type LaneWorld } from '../../test/lane-world.ts';
import { waitingRow } from '../../activities/lanes/lane.ts';
import { ProviderUnavailable } from '../../activities/lanes/sender.ts';
import type { Crm } from './crm.ts';
import { crmOpKey, type CrmOp } from './crm-op.ts';
import { drainBatch } from '../../activities/lanes/drain-batch.ts';
import { crmLinks, laneRows } from '../../store/tables/index.ts';

let world: LaneWorld;
beforeEach(async () => {
  world = laneWorld();
  await world.addPerson('p-1', { phone: '+34 600' });
});

const ofStep = { run: 'run-p-1', step: 'handoff:owner' };
const handoff: CrmOp = {
  ...ofStep,
  op: 'handoff',
  to: 'owner',
  dueAt: NOON + 1000,
  score: 82,
  because: ['+40 pricing', '-5 quiet'],
};

const addOps = (to: LaneWorld, person: string, ...ops: readonly CrmOp[]) =>
  to.store.transaction((tx) =>
    tx.add(
      laneRows,
      ops.map((op, i) =>
        waitingRow({
          lane: 'crm',
          key: `${person}/${crmOpKey(op)}`,
          cohort: 'c-1',
          person,
          at: NOON + i,
          payload: { ...op },
        }),
      ),
    ),
  );

test('what one person is given at one instant keeps its order', async () => {
  const stage = (step: string, to: string): CrmOp => ({
    run: 'run-p-1',
    step,
    op: 'stage',
    stage: to,
  });
  const rows = [stage('stage:sql', 'sql'), stage('stage:customer', 'customer')].map((op) =>
    waitingRow({
      lane: 'crm',
      key: crmOpKey(op),
      cohort: 'c-1',
      person: 'p-1',
      at: NOON,
      payload: { ...op },
    }),
  );
  await world.store.transaction((tx) => tx.add(laneRows, rows));
  await drainBatch(world, 'crm');
  expect(world.memory.crm.content().leads).toMatchObject([{ stage: 'customer' }]);
});

test('a handoff brings the lead, its owner and a task with the reasons', async () => {
  await addOps(world, 'p-1', handoff);
  expect(await drainBatch(world, 'crm')).toMatchObject({ rows: 1, failed: 0, waiting: 0 });
  const { leads, tasks } = world.memory.crm.content();
  expect(leads).toMatchObject([{ key: 'p-1', owner: 'marta', fields: { name: 'Name p-1' } }]);
  expect(tasks).toMatchObject([
    {
      key: 'run-p-1/handoff:owner/handoff',
      leadId: leads[0]?.id,
      owner: 'marta',
      kind: 'handoff',
      title: 'Handoff: Name p-1',
      body: 'Score 82\n+40 pricing\n-5 quiet',
      at: NOON,
      dueAt: NOON + 1000,
      answerTo: 'http://127.0.0.1:4000/v1/handoffs/run-p-1/handoff%3Aowner',
      handoff: { person: 'p-1', run: 'run-p-1', step: 'handoff:owner' },
    },
  ]);
  expect(
    await world.store.transaction((tx) =>
      tx.find(crmLinks, { key: ['p-1', 'run-p-1/handoff:owner/handoff'] }),
    ),
  ).toEqual([
    { key: 'p-1', kind: 'lead', externalId: leads[0]?.id, madeAs: null },
    { key: 'run-p-1/handoff:owner/handoff', kind: 'task', externalId: tasks[0]?.id, madeAs: null },
  ]);
});

test('calls, notes, escalations, fields and stages', async () => {
  await addOps(
    world,
    'p-1',
    { ...ofStep, op: 'call', task: 'check-in', by: 'owner' },
    { ...ofStep, op: 'note', to: 'boss', text: 'Look at this one' },
    { ...ofStep, op: 'escalate', to: 'boss' },
    { ...ofStep, op: 'fields', fields: { segment: 'pro' } },
    { ...ofStep, op: 'stage', stage: 'mql' },
  );
  expect(await drainBatch(world, 'crm')).toMatchObject({ rows: 5, failed: 0 });
  const { leads, tasks, notes } = world.memory.crm.content();
  expect(leads).toMatchObject([{ stage: 'mql', owner: 'marta', fields: { segment: 'pro' } }]);
  expect(tasks.map(({ kind, owner, title, body }) => ({ kind, owner, title, body }))).toEqual([
    { kind: 'call', owner: 'marta', title: 'Call Name p-1: check-in', body: '+34 600' },
    { kind: 'notify', owner: 'boss', title: 'Look at this one', body: 'Name p-1' },
    { kind: 'escalation', owner: 'boss', title: 'No answer in time: Name p-1', body: '' },
  ]);
  expect(notes).toMatchObject([{ text: 'Look at this one', at: NOON + 1 }]);
});

test('a batch that comes again makes nothing twice', async () => {
  await addOps(world, 'p-1', handoff);
  const store = {
    ...world.store,
    transaction: ((transactions) => (work: never) => {
      transactions += 1;
      // The third one records the outcomes.
      if (transactions === 3) return Promise.reject(new Error('killed'));
      return world.store.transaction(work);
    })(0) as typeof world.store.transaction,
  };
  await expect(drainBatch({ ...world, store }, 'crm')).rejects.toThrow('killed');
  expect(await drainBatch(world, 'crm')).toMatchObject({ rows: 1 });
  const { leads, tasks } = world.memory.crm.content();
  expect([leads.length, tasks.length]).toEqual([1, 1]);
});

test('a refusal fails its row; an unavailable CRM leaves what is left in the lane', async () => {
  await world.addPerson('p-2');
  await world.addPerson('p-3');
  let isUp = false;
  const crm: Crm = {
    ...world.memory.crm,
    callsPerSecond: 10_000,
    setStage: (id, stage) =>
      stage === 'bad'
        ? world.memory.crm.setStage('nobody', stage)
        : isUp
          ? world.memory.crm.setStage(id, stage)
          : Promise.reject(new ProviderUnavailable('503', 'CRM is down')),
  };
  await addOps(world, 'p-1', { ...ofStep, op: 'stage', stage: 'bad' });
  await addOps(
    world,
    'p-2',
    { ...ofStep, op: 'stage', stage: 'mql' },
    { ...ofStep, op: 'stage', stage: 'sql', step: 'later' },
  );
  const down = world.withPorts({ crm });
  await expect(drainBatch(down, 'crm')).rejects.toMatchObject({ code: '503' });
  const rows = await world.store.transaction((tx) => tx.find(laneRows, { lane: 'crm' }));
  expect(rows.map(({ status, code }) => [status, code])).toEqual([
    ['failed', 'unknown-lead'],
    ['waiting', 'crm-unavailable'],
    ['waiting', 'crm-unavailable'],
  ]);
  isUp = true;
  expect(await drainBatch(down, 'crm')).toMatchObject({ rows: 2, failed: 0 });
  // In their order.
  expect(world.memory.crm.content().leads.find(({ key }) => key === 'p-2')?.stage).toBe('sql');
});

test('an operation nobody knows, and a person nobody knows, fail their rows', async () => {
  // As a newer release may have written it.
  await addOps(world, 'p-1', { ...ofStep, op: 'dance' } as unknown as CrmOp);
  await addOps(world, 'nobody', handoff);
  expect(await drainBatch(world, 'crm')).toMatchObject({ rows: 2, failed: 2, waiting: 0 });
});
