import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  all,
  after,
  any,
  colleague,
  days,
  event,
  handoffToSales,
  hours,
  journey,
  lead,
  minutes,
  notify,
  not,
  owner,
  points,
  score,
  scoring,
  waitFor,
  waitHours,
  waitUntil,
  until,
} from './index.ts';
import type { CultivoConfig } from './config.ts';
import { composeProject } from './project.ts';
import type { Step } from './step.ts';
import { labelIn } from './steps/index.ts';

const Lead = lead(z.object({ name: z.string() }));
const handing = (sla: ReturnType<typeof minutes>) =>
  journey('handing', { lead: Lead }, [handoffToSales({ to: owner, sla })]);

test('a fallback zone that nobody knows is refused with the others of its mistakes', () => {
  const compose = () =>
    composeProject({ journeys: [handing(hours(1))], fallbackZone: 'Europe/Madird' });
  expect(compose).toThrow(
    'fallbackZone: expected an IANA name such as "Europe/Madrid", received "Europe/Madird".',
  );
});

test.each([
  [hours(48), '48 h'],
  [minutes(20), '20 minutes'],
  [minutes(90), '90 minutes'],
])('an SLA of %j is labelled %s', (sla, label) => {
  const [plan] = composeProject({ journeys: [handing(sla)] }).plans.values();
  expect(labelIn(plan, 'handoff:owner')).toBe(`handoff to owner, ${label}`);
});

const config = (change: Partial<CultivoConfig>) => () =>
  composeProject({ journeys: [handing(hours(1))], ...change });
const cap = (atMost: number, per = days(7)) => ({
  caps: [{ channel: 'email', class: 'marketing', atMost, per, outcome: 'skip' } as const],
});
const ana = { id: 'ana', name: 'Ana', email: 'ana@example.com' };

test.each([
  [
    'a cap of none',
    cap(0),
    'caps › 0: expected atMost to be a whole number from 1 on, received 0.',
  ],
  ['half a message', cap(0.5), 'received 0.5.'],
  ['a cap of what is no number', cap(Number.NaN), 'received NaN.'],
  [
    'a cap per nothing',
    cap(1, days(0)),
    'caps › 0: expected per of more than 0, and an end, received 0.',
  ],
  ['a cap for ever', cap(1, days(Infinity)), 'received Infinity.'],
  ['a cap per what is no number', cap(1, days(Number.NaN)), 'received NaN.'],
  ['no tick', { tick: minutes(0) }, 'tick: expected a length of time of more than 0 up to a day'],
  ['a tick of what is no number', { tick: minutes(Number.NaN) }, 'received NaN.'],
  [
    'a negative spread',
    { spread: minutes(-5) },
    'spread: expected a length of time from 0 up to a day',
  ],
  ['a spread for ever', { spread: days(Infinity) }, 'received Infinity.'],
  [
    'a date of another form',
    { holidays: ['2026-12-25', '25/12/2026'] },
    'holidays › 1: expected a date like 2026-12-25, received "25/12/2026".',
  ],
  ['a day that does not exist', { holidays: ['2026-02-30'] }, 'received "2026-02-30".'],
  [
    'an owner outside the team',
    { team: [ana], assignOwner: ['ana', 'ben'] },
    'assignOwner: expected one of ana, received "ben".',
  ],
  ['owners without a team', { assignOwner: ['ben'] }, 'expected one of the team, which is empty'],
  [
    'a note to nobody',
    { team: [ana], journeys: [journey('noting', { lead: Lead }, [notify(colleague('ben'))])] },
    'journeys: expected one of owner, ana, received "ben". Add them to the team, or correct the id. [unknown-colleague]',
  ],
])('%s is refused', (_, change, message) => {
  expect(config(change)).toThrow(message);
});

const Tried = event('Tried');
const Asked = event('Asked');
const steps =
  (...all_: Step[]) =>
  () =>
    composeProject({ journeys: [journey('nonsense', { lead: Lead }, all_)] });

test.each([
  [
    'no weekdays',
    steps(waitUntil({ at: '09:00', days: [] })),
    'expected weekdays from 1 (Monday) to 7, received [].',
  ],
  ['an eighth weekday', steps(waitUntil({ at: '09:00', days: [8] })), 'received [8].'],
  ['a wait of no number of hours', steps(waitHours(Number.NaN)), 'received NaN.'],
  ['a wait without an end', steps(waitHours(Infinity)), 'received Infinity.'],
  ['a limit without an end', steps(waitFor(Tried, { upTo: days(Infinity) })), 'received Infinity.'],
  [
    'an SLA of no number',
    steps(handoffToSales({ to: owner, sla: hours(Number.NaN) })),
    'received NaN.',
  ],
  [
    'within no end',
    steps(until(Tried.happened({ within: days(Infinity) }), [waitHours(1)])),
    'expected within of more than 0, and an end, received Infinity.',
  ],
  [
    'a score of no number',
    steps(waitFor(score.above(Number.NaN), { upTo: days(1) })),
    'received NaN.',
  ],
  [
    'any of none',
    steps(waitFor(any(), { upTo: days(1) })),
    'expected any() of at least one condition, received none.',
  ],
  [
    'after no number',
    () =>
      composeProject({
        journeys: [
          journey('again', { lead: Lead, reenter: after(days(Number.NaN)) }, [waitHours(1)]),
        ],
      }),
    'received NaN.',
  ],
  [
    'after for ever',
    () =>
      composeProject({
        journeys: [
          journey('again', { lead: Lead, reenter: after(days(Infinity)) }, [waitHours(1)]),
        ],
      }),
    'received Infinity. Use never.',
  ],
])('a journey with %s is refused', (_, compose, message) => {
  expect(compose).toThrow(message);
});

test.each([
  [
    'two events at once',
    points(5, { on: all(Tried, Asked) }),
    'expected an event that can meet `on` by itself, received tried&asked.',
  ],
  [
    'one of them never alone',
    points(5, { on: any(Asked, all(Tried, Asked)) }),
    'can meet `on` by itself',
  ],
  ['any of none', points(5, { while: any() }), 'expected any() of at least one condition'],
  [
    'within nothing',
    points(5, { while: Tried.happened({ within: days(0) }) }),
    'expected within of more than 0',
  ],
  [
    'within no number',
    points(5, { while: not(Tried.happened({ within: days(Number.NaN) })) }),
    'received NaN.',
  ],
  [
    'within no end',
    points(5, { while: Tried.happened({ within: days(Infinity) }) }),
    'received Infinity.',
  ],
])('points on %s are refused', (_, rule, message) => {
  expect(() => scoring({ engagement: [rule] })).toThrow(message);
});
