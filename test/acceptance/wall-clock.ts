/** Everything is computed on the lead's own wall clock, over changes of clocks and past weekends. */
import { expect } from 'vitest';
import {
  everyDay,
  journey,
  next,
  onDay,
  sendEmail,
  waitDays,
  waitHours,
  waitUntil,
  weekdays,
} from '../../dsl/index.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const atNine = journey('at-nine', { lead: Lead }, [
  waitUntil(next('09:00')),
  sendEmail(letter('nine')),
]);

const inOfficeHours = journey(
  'in-office-hours',
  { lead: Lead, sendWindow: weekdays('09:00', '18:00') },
  [sendEmail(letter('office'))],
);

const atNight = journey('at-night', { lead: Lead, sendWindow: everyDay('22:00', '06:00') }, [
  sendEmail(letter('first')),
  waitHours(6),
  sendEmail(letter('second')),
  waitHours(3),
  sendEmail(letter('third')),
]);

const shifted = journey('shifted', { lead: Lead, sendWindow: weekdays('09:00', '18:00') }, [
  sendEmail(letter('now')),
  waitDays(2),
  sendEmail(letter('two-days-later')),
  onDay(8, sendEmail(letter('day-eight'))),
]);

export const wallClock: readonly AcceptanceScenario[] = [
  {
    name: 'next nine o’clock is nine on the wall clock over the start of summer time',
    run: async ({ host, cohortSize }) => {
      const lead = ana({ timezone: 'America/New_York' });
      const options = { lead, from: '2026-03-07T18:00', cohortSize };
      expect(await rehearse(atNine, options, host)).toRead(`
        Sun  8 Mar 09:00  email nine
        Sun  8 Mar 09:00  end: completed`);
    },
  },
  {
    name: 'a message of Friday evening leaves on Monday morning',
    run: async ({ host, cohortSize }) => {
      const lead = ana({ timezone: 'America/Los_Angeles' });
      const options = { lead, from: '2026-03-06T18:00', cohortSize };
      expect(await rehearse(inOfficeHours, options, host)).toRead(`
        Mon  9 Mar 09:00  email office
        Mon  9 Mar 09:00  end: completed`);
    },
  },
  {
    name: 'a window may cross midnight, and a night in which clocks change',
    run: async ({ host, cohortSize }) => {
      // Clocks go forward in Madrid at 02:00 on 29 March: six hours after 22:00 are 05:00.
      const options = { lead: ana(), from: '2026-03-28T10:00', cohortSize };
      expect(await rehearse(atNight, options, host)).toRead(`
        Sat 28 Mar 22:00  email first
        Sun 29 Mar 05:00  email second
        Sun 29 Mar 22:00  email third
        Sun 29 Mar 22:00  end: completed`);
    },
  },
  {
    name: 'a deferral shifts the relative steps after it and leaves days alone',
    run: async ({ host, cohortSize }) => {
      // Entered on the Friday before clocks go back.
      const options = { lead: ana(), from: '2026-10-23T20:30', cohortSize };
      expect(await rehearse(shifted, options, host)).toRead(`
        Mon 26 Oct 09:00  email now
        Wed 28 Oct 09:00  email two-days-later
        Mon  2 Nov 09:00  email day-eight
        Mon  2 Nov 09:00  end: completed`);
    },
  },
];
