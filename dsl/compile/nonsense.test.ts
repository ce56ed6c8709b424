/** What types cannot see and nobody can mean is refused, with every reason at once; what may be meant is said. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  callTask,
  colleague,
  days,
  defineConfig,
  email,
  html,
  journey,
  lead,
  onDay,
  owner,
  resend,
  sendEmail,
  until,
  event,
  waitDays,
  waitUntil,
} from '../index.ts';
import { composeProject } from '../project.ts';
import { datesThatPassed } from './dates-that-passed.ts';

const Lead = lead(z.object({ name: z.string() }));
const letter = (id: string, topic = 'nurture') =>
  sendEmail(email(id, { topic, subject: () => id, body: () => html`<p>Hi</p>` }));

test('everything at once', () => {
  const config = defineConfig({
    journeys: [
      journey('odd', { lead: Lead }, [
        onDay(10, letter('first')),
        onDay(2, letter('second', 'nurtur')),
        callTask('check-in', { by: owner }),
        callTask('talk', { by: colleague('nobody') }),
      ]),
    ],
    team: [{ id: 'marta', name: 'Marta', email: 'marta@a.example' }],
    assignOwner: ['jonas'],
    topics: { nurture: { consent: 'opt-in' } },
    messaging: { email: resend() },
    fallbackZone: 'Mars/Olympus',
    holidays: ['25/12/2026'],
    caps: [{ channel: 'email', class: 'marketing', atMost: 0, per: days(7), outcome: 'defer' }],
  });
  expect(() => composeProject(config)).toThrowErrorMatchingInlineSnapshot(`
    [ProjectDefinitionError: The project cannot be composed:
      Journey "odd" cannot be compiled:
        step 2 day:2: expected day 10 or later, where 10 days have passed, received 2. Two messages would leave at once: put them in the order of their days. [invalid-argument]
      fallbackZone: expected an IANA name such as "Europe/Madrid", received "Mars/Olympus". It counts for leads without a zone. [invalid-argument]
      holidays › 0: expected a date like 2026-12-25, received "25/12/2026". Send windows stay closed on it. [invalid-argument]
      caps › 0: expected atMost to be a whole number from 1 on, received 0. A cap of none lets nothing leave. [invalid-argument]
      assignOwner: expected one of marta, received "jonas". Add them to the team, or correct the id. [unknown-colleague]
      journeys: expected one of owner, marta, received "nobody". Add them to the team, or correct the id. [unknown-colleague]
      topics: expected one of nurture, received "nurtur". Did you mean nurture? Else: Add it: nurtur: { consent: 'opt-in' }. [unknown-topic]
      brand: expected a brand, because e-mail leaves through resend, received none. Nothing can leave without a sender: set name, email and postalAddress. [invalid-argument]]
  `);
});

test('leads belong to somebody where journeys ask for their owner', () => {
  const team = [{ id: 'marta', name: 'Marta', email: 'marta@a.example' }];
  const calls = [callTask('check-in', { by: owner })];
  const of = (model: typeof Lead, more = {}) =>
    composeProject({ journeys: [journey('calls', { lead: model }, calls)], team, ...more });
  expect(() => of(Lead)).toThrow('somebody whom leads belong to');
  expect(() => of(Lead, { assignOwner: ['marta'] })).not.toThrow();
  const owned = lead(z.object({ name: z.string(), owner: z.string() }));
  expect(() => of(owned as unknown as typeof Lead)).not.toThrow();
});

test('days go forwards in what follows, into blocks and branches too', () => {
  const race = (...inner: readonly number[]) =>
    composeProject({
      journeys: [
        journey('race', { lead: Lead }, [
          onDay(3, letter('a')),
          until(
            event('Booked'),
            inner.map((day, i) => onDay(day, letter(`b${i}`))),
          ),
        ]),
      ],
    });
  expect(() => race(3, 5)).not.toThrow();
  expect(() => race(2)).toThrow('day 3 or later');
});

test('a date that has passed, and topics that nobody declared, are said', () => {
  const { plans, advice } = composeProject({
    journeys: [journey('dated', { lead: Lead }, [waitUntil({ date: '2026-03-02' }), letter('a')])],
  });
  const said = (now: string) => datesThatPassed(plans.values(), Date.parse(now));
  expect(said('2026-03-02T11:00Z')).toEqual([]);
  expect(said('2026-03-02T13:00Z')).toEqual([
    'dated, until:2026-03-02: 2026-03-02 has passed, and nobody waits there any more. [date-passed]',
  ]);
  expect(advice).toEqual([expect.stringContaining('[no-topics]')]);
});

test('journeys for leads that the config does not describe are said', () => {
  const Member = lead(
    z.object({ firstName: z.string(), name: z.string(), age: z.number().optional() }),
  );
  const config = defineConfig({
    lead: Lead,
    journeys: [
      journey('odd', { lead: Member }, [waitDays(1)]),
      journey('even', { lead: Lead }, [waitDays(1)]),
    ],
  });
  expect(composeProject(config).advice).toEqual([
    'Journey odd asks for firstName, which the lead model of the config does not have. Give both one model. [lead-models-differ]',
  ]);
});
