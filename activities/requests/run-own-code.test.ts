import { expect, test } from 'vitest';
import * as z from 'zod';
import { journey, lead, step } from '../../dsl/index.ts';
import { decisions } from '../../store/tables/index.ts';
import { laneWorld, NOON } from '../../test/lane-world.ts';
import { runOwnCode } from './run-own-code.ts';

let charged = 0;
const Lead = lead(z.object({ name: z.string() }));
const paying = journey('paying', { lead: Lead }, [
  step('charge', () => {
    charged += 1;
  }),
]);
const asked = {
  key: 'run-p-1:1',
  run: 'run-p-1',
  lead: 'p-1',
  at: NOON,
  request: { type: 'own', name: 'charge' },
} as const;

test('runs once it is asked, and never again for the same request', async () => {
  const world = laneWorld({}, { journeys: [paying] });
  await world.addPerson('p-1');
  expect(await runOwnCode(world, asked)).toEqual({ type: 'own' });
  expect(await runOwnCode(world, asked)).toEqual({ type: 'own' });
  expect(charged).toBe(1);
});

test('does not run for somebody who has left, whoever they are now', async () => {
  const world = laneWorld({}, { journeys: [paying] });
  await world.addPerson('p-1', {}, { status: 'merged' });
  const before = charged;
  expect(await runOwnCode(world, asked)).toEqual({ type: 'own' });
  expect(charged).toBe(before);
});

test('is written down for whoever the run belongs to when it has ended', async () => {
  const merging = journey('paying', { lead: Lead }, [
    step('charge', () => world.store.transaction((tx) => tx.movePerson('p-1', 'p-2'))),
  ]);
  const world = laneWorld({}, { journeys: [merging] });
  await world.addPerson('p-1');
  await world.addPerson('p-2', {}, { status: 'completed' });
  await runOwnCode(world, asked);
  const rows = await world.store.transaction((tx) => tx.find(decisions, { key: asked.key }));
  expect(rows.map(({ person }) => person)).toEqual(['p-2']);
});
