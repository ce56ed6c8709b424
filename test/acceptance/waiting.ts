/** Waiting for events: in mid-wait, at the very limit, before the wait began, twice. */
import { expect } from 'vitest';
import * as z from 'zod';
import { days, event, hours, journey, sendEmail, waitDays, waitFor } from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const Downloaded = event('Guide Downloaded', z.object({ guide: z.string() }));

const afterDownload = journey('after-download', { lead: Lead }, [
  sendEmail(letter('offer')),
  waitDays(2),
  waitFor(Downloaded, {
    upTo: days(5),
    yes: [sendEmail(letter('thanks'))],
    no: [sendEmail(letter('reminder'))],
  }),
]);

const lookingBack = journey('looking-back', { lead: Lead }, [
  waitDays(2),
  waitFor(Downloaded, {
    upTo: days(5),
    since: 'entry',
    yes: [sendEmail(letter('thanks'))],
    no: [sendEmail(letter('reminder'))],
  }),
]);

const thisGuide = journey('this-guide', { lead: Lead }, [
  waitFor(Downloaded.with({ guide: 'prices' }), {
    upTo: hours(48),
    yes: [sendEmail(letter('prices'))],
  }),
  waitFor(Downloaded.with({ guide: 'prices' }), {
    upTo: hours(48),
    yes: [sendEmail(letter('again'))],
    no: [sendEmail(letter('once'))],
  }),
]);

const from = '2026-03-02T10:00';
const download = (moment: Parameters<typeof at>[0], guide = 'prices') =>
  at(moment, Downloaded({ guide }));

export const waiting: readonly AcceptanceScenario[] = [
  {
    name: 'an event wakes somebody in the middle of a wait',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, behaviour: [download(day(5, '16:20'))] };
      expect(await rehearse(afterDownload, options, host)).toRead(`
        Mon  2 Mar 10:00  email offer
        Fri  6 Mar 16:20  email thanks
        Fri  6 Mar 16:20  end: completed`);
    },
  },
  {
    name: 'an event at the very limit has arrived',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, behaviour: [download(day(8, '10:00'))] };
      expect(await rehearse(afterDownload, options, host)).toRead(`
        Mon  2 Mar 10:00  email offer
        Mon  9 Mar 10:00  email thanks
        Mon  9 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an event after the limit has not',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, behaviour: [download(day(8, '10:01'))] };
      expect(await rehearse(afterDownload, options, host)).toRead(`
        Mon  2 Mar 10:00  email offer
        Mon  9 Mar 10:00  email reminder
        Mon  9 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an event before the wait, or at its very beginning, does not count',
    run: async ({ host, cohortSize }) => {
      const behaviour = [download(day(2, '12:00')), download(day(3, '10:00'))];
      const options = { lead: ana(), from, cohortSize, behaviour };
      expect(await rehearse(afterDownload, options, host)).toRead(`
        Mon  2 Mar 10:00  email offer
        Mon  9 Mar 10:00  email reminder
        Mon  9 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an event before the wait counts where the wait looks back',
    run: async ({ host, cohortSize }) => {
      const options = { lead: ana(), from, cohortSize, behaviour: [download(day(2, '12:00'))] };
      expect(await rehearse(lookingBack, options, host)).toRead(`
        Wed  4 Mar 10:00  email thanks
        Wed  4 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'one event satisfies one wait, and only with the right payload',
    run: async ({ host, cohortSize }) => {
      const behaviour = [
        download(day(1, '12:00'), 'recipes'),
        download(day(2, '12:00')),
        download(day(3, '12:00'), 'recipes'),
      ];
      const options = { lead: ana(), from, cohortSize, behaviour };
      expect(await rehearse(thisGuide, options, host)).toRead(`
        Tue  3 Mar 12:00  email prices
        Thu  5 Mar 12:00  email once
        Thu  5 Mar 12:00  end: completed`);
    },
  },
];
