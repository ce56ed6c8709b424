import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { laneWorld, NOON, type LaneWorld } from '../../test/lane-world.ts';
import { waitingRow } from '../../activities/lanes/lane.ts';
import { ProviderUnavailable } from '../../activities/lanes/sender.ts';
import type { Crm } from './crm.ts';
import { crmOpKey, type CrmOp } from './crm-op.ts';
import { drainBatch } from '../../activities/lanes/drain-batch.ts';
import { retryLane } from '../../activities/lanes/retry-lane.ts';
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
          at: to.clock() + i,
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

const stage = (to: string): CrmOp => ({ ...ofStep, op: 'stage', stage: to, step: to });
const rowsOf = (person: string) =>
  world.store.transaction((tx) => tx.find(laneRows, { lane: 'crm', person }));
const stageOf = (person: string) =>
  world.memory.crm.content().leads.find(({ key }) => key === person)?.stage;

/** Fails for these stages, as long as they are in the set. */
const failingFor = (stages: ReadonlySet<string>, error: Error, calls = 10_000) => {
  const crm: Crm = {
    ...world.memory.crm,
    callsPerSecond: calls,
    setStage: (id, to) =>
      stages.has(to) ? Promise.reject(error) : world.memory.crm.setStage(id, to),
  };
  return world.withPorts({ crm });
};
const DOWN = new ProviderUnavailable('503', 'CRM is down');

test('a refusal fails its row; a CRM that is away leaves everything in the lane, in its order', async () => {
  const stages = new Set(['mql', 'sql']);
  const crm = failingFor(stages, DOWN);
  await addOps(world, 'p-1', { ...ofStep, op: 'dance' } as unknown as CrmOp);
  for (const id of ['p-2', 'p-3', 'p-4', 'p-5']) {
    await world.addPerson(id);
    await addOps(world, id, stage('mql'), stage('sql'));
  }
  await expect(drainBatch(crm, 'crm')).rejects.toMatchObject({ code: '503' });
  expect(await rowsOf('p-1')).toMatchObject([{ status: 'failed' }]);
  expect(await rowsOf('p-5')).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
  stages.clear();
  expect(await drainBatch(crm, 'crm')).toMatchObject({ rows: 8, failed: 0 });
  expect(stageOf('p-2')).toBe('sql');
});

test('a CRM that is away for a day sets nothing aside', async () => {
  const stages = new Set(['mql', 'sql']);
  const crm = failingFor(stages, DOWN);
  await addOps(world, 'p-1', stage('mql'), stage('sql'));
  for (let i = 0; i < 24 * 60; i += 1) {
    await drainBatch(crm, 'crm');
    world.elapse(60_000);
  }
  stages.clear();
  expect(await drainBatch(crm, 'crm')).toMatchObject({ rows: 2, failed: 0 });
  expect(stageOf('p-1')).toBe('sql');
});

test.each([DOWN, new Error('a mistake in the adapter')])(
  'a row that always fails keeps its person’s rows, in their order, and nobody else’s: %s',
  async (error) => {
    const stages = new Set(['bad']);
    const crm = failingFor(stages, error);
    await addOps(world, 'p-1', stage('bad'), stage('sql'));
    const others = Array.from({ length: 20 }, (_, n) => `q-${n}`);
    for (const id of others) {
      await world.addPerson(id);
      await addOps(world, id, stage('mql'));
    }
    expect(await drainBatch(crm, 'crm')).toMatchObject({ rows: 20, failed: 0, waiting: 2 });
    // Somebody passes now and then; more comes for the one who does not.
    for (let hour = 0; hour < 3; hour += 1) {
      for (let i = 0; i < 60; i += 1) {
        await drainBatch(crm, 'crm');
        world.elapse(60_000);
      }
      await addOps(world, 'q-0', { ...stage('mql'), step: `again-${hour}` });
      await addOps(world, 'p-1', { ...stage('customer'), step: `then-${hour}` });
    }
    await drainBatch(crm, 'crm');
    expect(stageOf('p-1')).toBeNull();
    expect((await rowsOf('p-1')).map(({ status, code }) => [status, code])).toEqual([
      ['aside', 'crm-unavailable'],
      ...Array.from({ length: 4 }, () => ['aside', 'behind-another']),
    ]);
    stages.clear();
    expect(await retryLane(world, 'crm')).toBe(5);
    expect(await drainBatch(crm, 'crm')).toMatchObject({ rows: 5, failed: 0 });
    expect(stageOf('p-1')).toBe('customer');
  },
);

test('whatever fails, for whomever and how often, each person’s rows are done in their order', async () => {
  const person = fc.record({
    // How often each of its rows fails before it passes, and by what.
    fails: fc.array(fc.nat(8), { minLength: 1, maxLength: 5 }),
    error: fc.constantFrom(
      DOWN,
      new Error('a mistake in the adapter'),
      new ProviderUnavailable('429', 'Too many calls', { retryAfterMs: 1_000 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
      const own = laneWorld();
      const done: string[][] = people.map(() => []);
      const left = people.map(({ fails }) => [...fails]);
      const setStage: Crm['setStage'] = (id, to) => {
        const [who = 0, n = 0] = to.split('-').map(Number);
        const fails = left[who] ?? [];
        if ((fails[n] ?? 0) > 0) {
          fails[n] = (fails[n] ?? 0) - 1;
          return Promise.reject(people[who]?.error);
        }
        done[who]?.push(to);
        return own.memory.crm.setStage(id, to);
      };
      const crm = own.withPorts({ crm: { ...own.memory.crm, callsPerSecond: 10_000, setStage } });
      const expected = people.map(({ fails }, who) => fails.map((_, n) => `${who}-${n}`));
      for (const [who, stages] of expected.entries()) {
        await own.addPerson(`q-${who}`);
        await addOps(own, `q-${who}`, ...stages.map(stage));
      }
      for (let i = 0; i < 200 && done.flat().length < expected.flat().length; i += 1) {
        await drainBatch(crm, 'crm').catch(() => undefined);
        own.elapse(60_000);
      }
      expect(done).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('more rows of one person than a batch holds keep their order behind one that fails', async () => {
  const stages = new Set(['stage-0']);
  const crm = failingFor(stages, DOWN);
  const ROWS = 520;
  await addOps(world, 'p-1', ...Array.from({ length: ROWS }, (_, n) => stage(`stage-${n}`)));
  for (let i = 0; i < 20; i += 1) {
    await drainBatch(crm, 'crm');
    world.elapse(1_000);
  }
  expect(stageOf('p-1')).toBeNull();
  stages.clear();
  world.elapse(60_000);
  while ((await drainBatch(crm, 'crm')).rows > 0);
  expect((await rowsOf('p-1')).filter(({ status }) => status === 'done')).toHaveLength(ROWS);
  expect(stageOf('p-1')).toBe(`stage-${ROWS - 1}`);
});

test('a CRM that says when to come again is left alone by everybody', async () => {
  const busy = new ProviderUnavailable('429', 'Too many calls', { retryAfterMs: 10_000 });
  const crm = failingFor(new Set(['mql']), busy, 10_000);
  await addOps(world, 'p-1', stage('mql'));
  await expect(drainBatch(crm, 'crm')).rejects.toBe(busy);
  expect(await rowsOf('p-1')).toMatchObject([{ status: 'waiting', attempts: 0 }]);
});

test('an operation nobody knows, and a person nobody knows, fail their rows', async () => {
  // As a newer release may have written it.
  await addOps(world, 'p-1', { ...ofStep, op: 'dance' } as unknown as CrmOp);
  await addOps(world, 'nobody', handoff);
  expect(await drainBatch(world, 'crm')).toMatchObject({ rows: 2, failed: 2, waiting: 0 });
});
