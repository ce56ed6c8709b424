/** What an instant is: known at once to every gate, in one order, and never the beginning of a circle. */
import { expect } from 'vitest';
import * as z from 'zod';
import {
  always,
  days,
  enrolIn,
  event,
  journey,
  onDay,
  sendEmail,
  setStage,
  until,
  waitDays,
  waitHours,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const from = '2026-03-02T10:00';
const Unsubscribed = event('Email Unsubscribed', z.object({ topic: z.string().optional() }));
const Asked = event('Asked');
const Booked = event('Booked');

const welcome = journey('welcome', { lead: Lead }, [
  sendEmail(letter('hello')),
  waitDays(1),
  sendEmail(letter('again')),
]);

const selling = journey('selling', { lead: Lead, exit: Lead.is({ stage: 'customer' }) }, [
  sendEmail(letter('before')),
  setStage('customer'),
  sendEmail(letter('after')),
]);

const blocks = journey('blocks', { lead: Lead }, [
  until(
    Booked,
    [until(Asked, [waitDays(9)], { met: [sendEmail(letter('inner')), waitHours(1)] })],
    { met: [sendEmail(letter('outer'))] },
  ),
]);

const there = journey('there', { lead: Lead, reenter: always }, [enrolIn('back')]);
const back = journey('back', { lead: Lead, reenter: always }, [enrolIn('there')]);

const hot = journey('hot', { lead: Lead, reenter: always, enter: Lead.is({ stage: 'hot' }) }, [
  setStage('cold'),
]);
const cold = journey('cold', { lead: Lead, reenter: always, enter: Lead.is({ stage: 'cold' }) }, [
  setStage('hot'),
]);

const twoSoon = journey('two-soon', { lead: Lead }, [
  sendEmail(letter('one')),
  waitHours(1),
  sendEmail(letter('two', 'news')),
  onDay(9, sendEmail(letter('three'))),
]);

export const instants: readonly AcceptanceScenario[] = [
  {
    name: 'who leaves at the very instant of entry gets nothing',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at(day(1), Unsubscribed({ topic: 'nurture' }))];
      const options = { lead: ana(), from, cohortSize, behaviour };
      expect(await rehearse(welcome, options, host)).toRead(`
        Mon  2 Mar 10:00  skipped email hello: unsubscribed from nurture
        Tue  3 Mar 10:00  skipped email again: unsubscribed from nurture
        Tue  3 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'what a journey does after a message does not take it back',
    run: async ({ host, cohortSize }) => {
      const story = await rehearse(selling, { lead: ana(), from, cohortSize }, host);
      expect(story).toRead(`
        Mon  2 Mar 10:00  email before
        Mon  2 Mar 10:00  stage customer
        Mon  2 Mar 10:00  end: exit`);
    },
  },
  {
    name: 'of two blocks that are met at once the inner one wins, whatever came first',
    run: async ({ host, cohortSize }) => {
      for (const both of [
        [Asked(), Booked()],
        [Booked(), Asked()],
      ]) {
        const behaviour = both.map((occurrence) => at(day(3), occurrence));
        const options = { lead: ana(), from, cohortSize, behaviour };
        expect(await rehearse(blocks, options, host)).toRead(`
          Wed  4 Mar 10:00  email inner
          Wed  4 Mar 11:00  end: completed`);
      }
    },
  },
  {
    name: 'a message that is skipped uses up no cap',
    run: async ({ host, cohortSize }) => {
      const cap = { channel: 'email', class: 'marketing', per: days(7), outcome: 'skip' } as const;
      const options = {
        lead: ana({}, { consents: ['news'] }),
        from,
        cohortSize,
        config: { caps: [{ ...cap, atMost: 1 }] },
      };
      expect(await rehearse(twoSoon, options, host)).toRead(`
        Mon  2 Mar 10:00  skipped email one: no consent to nurture
        Mon  2 Mar 11:00  email two
        Tue 10 Mar 10:00  skipped email three: no consent to nurture
        Tue 10 Mar 10:00  end: completed`);
    },
  },
];

/** Whoever is parked waits for somebody to retry: such a story has no end on a server. */
export const circles: readonly AcceptanceScenario[] = [
  {
    name: 'journeys that enrol in each other without a wait are stopped',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, config: { journeys: [back] } };
      const story = await rehearse(there, options, host);
      expect(story.lines.filter(({ text }) => text.startsWith('enrol in'))).toHaveLength(19);
      expect(story.lines.filter(({ text }) => text === 'end: completed')).toHaveLength(19);
    },
  },
  {
    name: 'journeys that bring people into each other by a stage are stopped',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, config: { journeys: [cold] } };
      const story = await rehearse(hot, options, host);
      expect(story.lines.filter(({ text }) => text === 'end: completed')).toHaveLength(19);
    },
  },
];
