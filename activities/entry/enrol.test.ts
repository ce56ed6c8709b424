import { expect, test } from 'vitest';
import * as z from 'zod';
import { minutes } from '../../dsl/duration.ts';
import { event } from '../../dsl/event.ts';
import { journey } from '../../dsl/journey.ts';
import { lead } from '../../dsl/lead.ts';
import { waitDays } from '../../dsl/steps/wait-days.ts';
import { enrolments } from '../../store/tables/index.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import { recordBehaviour } from '../behaviour/record-behaviour.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const nurture = journey(
  'nurture',
  { lead: lead(z.object({ email: z.string().optional() })), enter: event('Asked'), cohortSize: 10 },
  [waitDays(1)],
);

/** Where somebody stands whose event became known two minutes after it happened. */
async function enteredLate(tickMinutes: number) {
  const world = recordingWorld({ journeys: [nurture], tick: minutes(tickMinutes) }, NOW);
  const at = NOW - minutes(2).ms;
  const who = { userId: 'ana', source: 'web', id: 'e1', properties: {} };
  await recordBehaviour(world, [{ type: 'track', name: 'Asked', at, ...who }]);
  const [row] = await world.store.transaction((tx) => tx.find(enrolments, {}));
  return row?.position?.run;
}

test('an entry that is heard of late begins now, and listens from its own instant', async () => {
  const at = NOW - minutes(2).ms;
  expect(await enteredLate(1)).toMatchObject({ entered: NOW, causedAt: at, listensFrom: at });
});

test('within a tick it is punctual, as for its cohort', async () => {
  const run = await enteredLate(5);
  expect(run).toMatchObject({ entered: NOW - minutes(2).ms });
  expect(run).not.toHaveProperty('causedAt');
});
