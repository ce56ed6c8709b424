/** Journeys that share their people, on clocks that leap: each goes on when its turn comes, whatever its history does meanwhile. */
import { expect, inject, test } from 'vitest';
import {
  days,
  enrolIn,
  event,
  journey,
  sendEmail,
  setStage,
  waitDays,
  waitHours,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/index.ts';
import { type Host, rehearse, rehearseAll } from '../../rehearsal/rehearse.ts';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { virtually } from '../../rehearsal/virtually.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { ana, Lead, letter } from '../nine-touches.ts';

logTemporal(openLog('error'));
const { address, namespace } = inject('temporalServer');
const options = { address, namespace, cacheDirectory: readEnvironment().CULTIVO_CACHE };
const from = '2026-03-02T10:00';

const manyStages = Array.from({ length: 25 }, (_, i) => [setStage(`stage-${i}`), waitDays(1)]);
const second = journey('second', { lead: Lead }, [
  waitDays(3),
  sendEmail(letter('second')),
  waitDays(40),
  sendEmail(letter('last')),
]);

test.each([1, 200])('a new execution of a cohort of %i keeps its turn', async (cohortSize) => {
  const first = journey('first', { lead: Lead }, [enrolIn('second'), ...manyStages.flat()]);
  const play = (host: Host) =>
    rehearseAll(
      first,
      Array.from({ length: 4 }, () => ({
        lead: ana,
        from,
        cohortSize,
        config: { journeys: [second] },
      })),
      host,
    );
  const expected = await play((scenario) => virtually(scenario));
  const told = await play(onTemporal({ ...options, maxEvents: 60 }));
  expect(told.map(({ lines }) => lines)).toEqual(expected.map(({ lines }) => lines));
});

test('who is brought in by an event acts before what comes later, whoever does it', async () => {
  const cap = {
    channel: 'email',
    class: 'marketing',
    atMost: 1,
    per: days(1),
    outcome: 'skip',
  } as const;
  const booked = journey('booked', { lead: Lead, enter: event('Booked') }, [
    sendEmail(letter('thanks')),
  ]);
  const first = journey('first', { lead: Lead }, [waitHours(2), sendEmail(letter('offer'))]);
  const play = (host: Host) =>
    rehearse(
      first,
      {
        lead: ana,
        from,
        behaviour: [at(day(1, '11:00'), event('Booked')())],
        config: { journeys: [booked], caps: [cap] },
      },
      host,
    );
  const expected = await play((scenario) => virtually(scenario));
  for (let i = 0; i < 5; i += 1)
    expect((await play(onTemporal(options))).lines).toEqual(expected.lines);
});
