/** Goal, exit and `until`: in the middle of a wait, in a deferral, and which of them wins. */
import { expect } from 'vitest';
import {
  any,
  event,
  hours,
  journey,
  minutes,
  not,
  sendEmail,
  until,
  waitDays,
  waitFor,
  waitHours,
  weekdays,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const Booked = event('Meeting Booked');
const Bought = event('Became Customer');
const Viewed = event('Pricing Viewed');
const Asked = event('Demo Requested');

const rules = { lead: Lead, goal: Booked, exit: Bought };

const plain = journey('plain', { ...rules, sendWindow: weekdays('09:00', '18:00') }, [
  sendEmail(letter('first')),
  waitDays(10),
  sendEmail(letter('second')),
]);

const nested = journey('nested', rules, [
  until(
    Viewed,
    [
      until(any(Viewed, Asked), [waitDays(10), sendEmail(letter('patient'))], {
        id: 'inner',
        met: [sendEmail(letter('inner')), waitHours(1)],
      }),
      sendEmail(letter('between')),
    ],
    { id: 'outer', met: [sendEmail(letter('outer'))] },
  ),
]);

/** The goal is a state that time alone brings about. */
const quiet = journey('quiet', { lead: Lead, goal: not(Viewed.happened({ within: hours(48) })) }, [
  waitFor(Asked, { upTo: hours(72) }),
  sendEmail(letter('too-late')),
]);

const from = '2026-03-02T10:00';

export const races: readonly AcceptanceScenario[] = [
  {
    name: 'a goal ends the journey in the middle of a wait',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at(day(4, '22:15'), Booked())];
      expect(await rehearse(plain, { lead: ana(), from, cohortSize, behaviour }, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Thu  5 Mar 22:15  end: goal`);
    },
  },
  {
    name: 'a goal ends the journey while a message waits for its window',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at(day(1, '23:00'), Booked())];
      const options = { lead: ana(), from: '2026-03-02T20:00', cohortSize, behaviour };
      expect(await rehearse(plain, options, host)).toRead(`
        Mon  2 Mar 23:00  end: goal`);
    },
  },
  {
    name: 'of exit and goal at one instant the exit wins, before the message of that instant',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at(day(11, '10:00'), Booked()), at(day(11, '10:00'), Bought())];
      const story = await rehearse(plain, { lead: ana(), from, cohortSize, behaviour }, host);
      expect(story).toRead(`
        Mon  2 Mar 10:00  email first
        Thu 12 Mar 10:00  end: exit`);
      const goal = { lead: ana(), from, cohortSize, behaviour: behaviour.slice(0, 1) };
      expect(await rehearse(plain, goal, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Thu 12 Mar 10:00  end: goal`);
    },
  },
  {
    name: 'a goal reached before entry does not count',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at('2026-03-01T09:00', Booked())];
      expect(await rehearse(plain, { lead: ana(), from, cohortSize, behaviour }, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Thu 12 Mar 10:00  email second
        Thu 12 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'the innermost of two untils wins, and the outer one listens on for what comes later',
    run: async ({ host, cohortSize }) => {
      const first = [at(day(3, '11:00'), Viewed())];
      const options = { lead: ana(), from, cohortSize };
      expect(await rehearse(nested, { ...options, behaviour: first }, host)).toRead(`
        Wed  4 Mar 11:00  email inner
        Wed  4 Mar 12:00  email between
        Wed  4 Mar 12:00  end: completed`);
      const both = [at(day(3, '11:00'), Asked()), at(day(3, '11:30'), Viewed())];
      expect(await rehearse(nested, { ...options, behaviour: both }, host)).toRead(`
        Wed  4 Mar 11:00  email inner
        Wed  4 Mar 11:30  email outer
        Wed  4 Mar 11:30  end: completed`);
    },
  },
  {
    name: 'a state that time brings about ends the journey at its instant',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at('2026-03-01T12:00', Viewed())];
      const config = { tick: minutes(1 / 60) };
      expect(await rehearse(quiet, { lead: ana(), from, cohortSize, behaviour, config }, host))
        .toRead(`
        Tue  3 Mar 12:00  end: goal`);
    },
  },
];
