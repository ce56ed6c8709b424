/** What a cohort that begins is told by the store, and what becomes of an execution that it was taken from. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { compile, journey, lead, notify, owner, waitHours } from '../../dsl/index.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import { beginning } from '../../engine/advance.ts';
import type { Position } from '../../engine/position.ts';
import { enrolments, events, laneRows } from '../../store/tables/index.ts';
import { laneWorld, type LaneWorld, NOON } from '../../test/lane-world.ts';
import { entryKey, signalRow } from '../lanes/signals-lane.ts';
import { perform } from '../requests/perform.ts';
import { recordPositions } from '../requests/write-moves.ts';
import { whoIsIn } from './who-is-in.ts';

const HOUR = 3_600_000;
const Lead = lead(z.object({ name: z.string() }));
const welcome = journey('welcome', { lead: Lead }, [notify(owner), waitHours(2), notify(owner)]);
const plan = compile(welcome);
const [first, wait] = [plan.start ?? '', Object.keys(plan.nodes)[1] ?? ''];

const standing = (id: string, change: Partial<Position['run']> = {}): Position => ({
  run: {
    ...beginning({ id: `run-${id}`, lead: id, plan: plan.hash, zone: 'UTC', entered: NOON }),
    step: wait,
    requests: 1,
    wakeAt: NOON + 2 * HOUR,
    ...change,
  },
});

async function worldWith(positions: { readonly [id: string]: Position }): Promise<LaneWorld> {
  const world = laneWorld({}, { journeys: [welcome] });
  for (const [id, position] of Object.entries(positions))
    await world.addPerson(id, {}, { plan: plan.hash, position });
  return world;
}

const ask = (world: LaneWorld, execution: string, isBegunAgain = true) =>
  whoIsIn(world, { cohort: 'c-1', execution, isBegunAgain });
const stored = (world: LaneWorld) =>
  world.store.transaction(async (tx) =>
    (await tx.find(enrolments, {})).map(({ position }) => position?.run.carrier),
  );

test('a cohort that begins again hears of everybody in it who is under way, a hundred at a time', async () => {
  const ids = Array.from({ length: 150 }, (_, i) => `p-${String(i).padStart(3, '0')}`);
  const world = await worldWith(Object.fromEntries(ids.map((id) => [id, standing(id)])));
  await world.addPerson('p-over', {}, { status: 'completed' });
  const one = await ask(world, 'second');
  const two = await whoIsIn(world, {
    cohort: 'c-1',
    execution: 'second',
    isBegunAgain: true,
    after: one.next ?? '',
  });
  const leads = [...one.positions, ...two.positions].map(({ run }) => run.lead);
  expect(leads).toEqual(ids);
  expect(two.next).toBeUndefined();
  expect(new Set((await stored(world)).slice(0, 150))).toEqual(new Set(['second']));
});

test('who has just entered is left to the entry that is to be delivered, unless the cohort begins again', async () => {
  const entered = standing('p-1', { step: first, requests: 0 });
  const world = await worldWith({ 'p-1': entered, 'p-2': standing('p-2') });
  const item = {
    type: 'enrol',
    run: 'run-p-1',
    lead: 'p-1',
    plan: plan.hash,
    zone: 'UTC',
    at: NOON,
  } as const;
  await world.store.transaction((tx) =>
    tx.add(laneRows, [
      signalRow(
        entryKey('run-p-1'),
        { journey: 'welcome', item },
        { cohort: 'c-1', person: 'p-1', at: NOON },
      ),
    ]),
  );
  const runs = async (isBegunAgain: boolean) =>
    (await ask(world, 'second', isBegunAgain)).positions.map(({ run }) => run.id);
  expect(await runs(false)).toEqual(['run-p-2']);
  expect(await runs(true)).toEqual(['run-p-1', 'run-p-2']);
});

test('what sales answered may have been told to the one that is gone, and is told again; the zone is the one said last', async () => {
  const world = await worldWith({ 'p-1': standing('p-1') });
  await world.store.transaction((tx) =>
    tx.add(events, [
      {
        source: 'sales',
        id: 'answer-1',
        person: 'p-1',
        name: systemEvents.handoffAnswered,
        originalName: 'Handoff Answered',
        at: NOON + HOUR,
        receivedAt: NOON + HOUR,
        properties: { run: 'run-p-1', step: wait, answer: 'yes' },
        suspectedBot: false,
      },
    ]),
  );
  expect((await ask(world, 'second')).news).toEqual([
    {
      type: 'happened',
      run: 'run-p-1',
      happening: { id: 'sales/answer-1', name: systemEvents.handoffAnswered, at: NOON + HOUR },
      news: { step: wait, what: 'yes' },
    },
  ]);
});

test('what the execution before it still asks and writes is refused', async () => {
  const world = await worldWith({ 'p-1': standing('p-1') });
  const { positions } = await ask(world, 'second');
  const { run } = standing('p-1', { step: first, requests: 2, asks: 1, pending: { of: 'step' } });
  const asked = {
    run,
    request: { type: 'effect', effect: { effect: 'notify', to: 'owner', text: 'Look.' } },
    at: NOON + 2 * HOUR,
    ways: [],
  } as const;
  expect(await perform(world, [asked])).toEqual([{ type: 'outdated' }]);
  const move = { position: standing('p-1', { step: first }), at: NOON, ways: [] };
  expect(await recordPositions(world, [move])).toEqual([{ run: 'run-p-1' }]);
  const carried = { ...asked, run: { ...run, carrier: 'second' } };
  expect(await perform(world, [carried])).toMatchObject([{ type: 'effect' }]);
  expect(positions.map(({ run: { step } }) => step)).toEqual([wait]);
});
