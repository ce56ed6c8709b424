import { expect, test } from 'vitest';
import * as z from 'zod';
import { DAY_MS, MINUTE_MS } from '../../dsl/duration.ts';
import { email } from '../../dsl/email.ts';
import { event } from '../../dsl/event.ts';
import { html } from '../../dsl/html.ts';
import { journey } from '../../dsl/journey.ts';
import { lead } from '../../dsl/lead.ts';
import { sendEmail } from '../../dsl/steps/send-email.ts';
import { enrolments, pasts } from '../../store/tables/index.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import { recordBehaviour } from '../behaviour/record-behaviour.ts';
import { perform } from './perform.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const letter = email('letter', {
  class: 'transactional',
  subject: () => 'Hola',
  body: () => html`<p>Hola</p>`,
});
const Lead = lead(z.object({ email: z.string().optional() }));
const leaving = journey('leaving', { lead: Lead, enter: event('Asked'), exit: event('Left') }, [
  sendEmail(letter),
]);
const staying = journey('staying', { lead: Lead, enter: event('Asked') }, [sendEmail(letter)]);

test('the gate knows of an exit however much has happened since', async () => {
  const world = recordingWorld({ journeys: [staying, leaving] }, NOW);
  const did = (name: string, at: number, id: string) =>
    ({ type: 'track', name, at, id, source: 'web', userId: 'ana', properties: {} }) as const;
  await recordBehaviour(world, [did('Asked', NOW, 'asked')]);
  world.now = NOW + DAY_MS;
  await recordBehaviour(world, [
    did('Left', NOW + 1, 'left'),
    ...Array.from({ length: 200 }, (_, i) => did('Viewed', NOW + 2 + i * MINUTE_MS, `v${i}`)),
  ]);
  const answers = [];
  // The news of it is still on its way; what somebody else asks first makes a checkpoint of what has happened.
  for (const { id } of [staying, leaving]) {
    const [row] = await world.store.transaction((tx) => tx.find(enrolments, { journey: id }));
    const { run, open } = row?.position ?? {};
    if (run === undefined || open === undefined) return expect.unreachable('no request');
    const asked = { run, request: open.request, at: NOW + DAY_MS, ways: [] };
    answers.push(...(await perform(world, [asked])));
    expect(await world.store.transaction((tx) => tx.find(pasts, {}))).toHaveLength(1);
  }
  expect(answers).toMatchObject([
    { answer: { verdict: 'skip' } },
    { answer: { verdict: 'leave', by: 'exit' } },
  ]);
});
