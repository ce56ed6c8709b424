import { expect, test } from 'vitest';
import * as z from 'zod';
import { all, check, journey, lead, step, when } from '../../dsl/index.ts';
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

test('answers with what verdicts rest on, and nothing of the profile', async () => {
  const asks = all(
    check('is-keen', () => true),
    Lead.is({ name: 'Ana' }),
  );
  const choosing = journey('choosing', { lead: Lead }, [when(asks, { yes: [], no: [] })]);
  const world = laneWorld({}, { journeys: [choosing] });
  await world.addPerson('p-1', { name: 'Ana' });
  const question = { condition: asks.condition, since: NOON };
  const answer = await runOwnCode(world, {
    ...asked,
    request: { type: 'decide', questions: [question] },
  });
  expect(answer).toMatchObject({ verdicts: [{ holds: true }], looked: { 'is-keen': true } });
  expect(JSON.stringify(answer)).not.toContain('Ana');
});
