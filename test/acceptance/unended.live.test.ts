/** Stories of runs that do not end by themselves: both hosts stop, and say where they stand. */
import { expect, inject, test } from 'vitest';
import {
  always,
  days,
  enrolIn,
  event,
  journey,
  sendEmail,
  waitDays,
  waitFor,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/index.ts';
import { rehearse, rehearseAll } from '../../rehearsal/rehearse.ts';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { ana, Lead, letter } from '../nine-touches.ts';

logTemporal(openLog('error'));
const { address, namespace } = inject('temporalServer');
const host = onTemporal({ address, namespace, cacheDirectory: readEnvironment().CULTIVO_CACHE });
const from = '2026-03-02T10:00';

const circle = journey('circle', { lead: Lead, reenter: always }, [enrolIn('back')]);
const back = journey('back', { lead: Lead, reenter: always }, [enrolIn('circle')]);
const slow = journey('slow', { lead: Lead }, [
  sendEmail(letter('first')),
  waitDays(360),
  waitDays(361),
  waitDays(362),
  waitDays(363),
  sendEmail(letter('never')),
]);
const reset = journey('reset', { lead: Lead }, [
  waitFor(event('Booked'), { id: 'booked', upTo: days(700) }),
  waitFor(event('Booked'), { id: 'booked-too', upTo: days(700) }),
  sendEmail(letter('last')),
]);

test.each([
  [
    'a run that is parked',
    circle,
    { journeys: [back] },
    [],
    /\n.* back: parked: .*\[runs-in-circles\]$/,
  ],
  ['a wait that goes beyond the story', slow, {}, [], /still at wait:363d$/],
  ['a wait for what does not happen within the story', reset, {}, [], /still at booked-too$/],
] as const)('%s', async (_, main, config, behaviour, last) => {
  for (const cohortSize of [1, 200]) {
    const options = { lead: ana, from, config, behaviour, cohortSize };
    const expected = await rehearse(main, options);
    expect(String(expected)).toMatch(last);
    expect(String(await rehearse(main, options, host))).toBe(String(expected));
  }
});

test('who is left waiting keeps nobody else', async () => {
  const behaviour = [at(day(3, '10:00'), event('Booked')())];
  const leads = [[], behaviour, []].map((each) => ({ lead: ana, from, behaviour: each }));
  const expected = await rehearseAll(reset, leads);
  expect(expected.map(({ status }) => status)).toEqual(['live', 'completed', 'live']);
  expect((await rehearseAll(reset, leads, host)).map(String)).toEqual(expected.map(String));
});

test.each([1, 200])(
  'a cohort of %i in which somebody is parked hears of whoever comes later',
  async (cohortSize) => {
    const asked = journey('asked', { lead: Lead, reenter: always, enter: event('Asked') }, [
      enrolIn('back'),
    ]);
    const again = journey('back', { lead: Lead, reenter: always }, [enrolIn('asked')]);
    const calm = journey('calm', { lead: Lead }, [waitDays(9), sendEmail(letter('last'))]);
    const leads = [2, 4].map((on) => ({
      lead: ana,
      from,
      behaviour: [at(day(on, '10:00'), event('Asked')())],
      config: { journeys: [asked, again] },
      cohortSize,
    }));
    const expected = await rehearseAll(calm, leads);
    expect(String(expected[1])).toMatch(/parked.*\[runs-in-circles\]$/);
    expect((await rehearseAll(calm, leads, host)).map(String)).toEqual(expected.map(String));
  },
);
