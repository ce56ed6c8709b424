/** Everything is computed on the lead's own wall clock, over changes of clocks and past weekends. */
import { expect } from 'vitest';
import {
  everyDay,
  journey,
  minutes,
  next,
  onDay,
  sendEmail,
  waitDays,
  waitHours,
  waitUntil,
  weekdays,
} from '../../dsl/index.ts';
import { rehearse, rehearseAll } from '../../rehearsal/rehearse.ts';
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
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

const inAShortWindow = journey(
  'in-a-short-window',
  { lead: Lead, sendWindow: everyDay('09:00', '09:05') },
  [sendEmail(letter('short'))],
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

/** Everybody at the very instant: spread, the minutes would depend on whom a lead's id falls beside. */
const together = { spread: minutes(0) };

export const wallClock: readonly AcceptanceScenario[] = [
  {
    name: 'next nine o’clock is nine on the wall clock over the start of summer time',
    run: async ({ host, cohortSize }) => {
      const lead = ana({ timezone: 'America/New_York' });
      const options = { lead, from: '2026-03-07T18:00', cohortSize, config: together };
      expect(await rehearse(atNine, options, host)).toRead(`
        Sun  8 Mar 09:00  email nine
        Sun  8 Mar 09:00  end: completed`);
    },
  },
  {
    name: 'a message of Friday evening leaves on Monday morning',
    run: async ({ host, cohortSize }) => {
      const lead = ana({ timezone: 'America/Los_Angeles' });
      const options = { lead, from: '2026-03-06T18:00', cohortSize, config: together };
      expect(await rehearse(inOfficeHours, options, host)).toRead(`
        Mon  9 Mar 09:00  email office
        Mon  9 Mar 09:00  end: completed`);
    },
  },
  {
    name: 'a window may cross midnight, and a night in which clocks change',
    run: async ({ host, cohortSize }) => {
      // Clocks go forward in Madrid at 02:00 on 29 March: six hours after 22:00 are 05:00.
      const options = { lead: ana(), from: '2026-03-28T10:00', cohortSize, config: together };
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
      const options = { lead: ana(), from: '2026-10-23T20:30', cohortSize, config: together };
      expect(await rehearse(shifted, options, host)).toRead(`
        Mon 26 Oct 09:00  email now
        Wed 28 Oct 09:00  email two-days-later
        Mon  2 Nov 09:00  email day-eight
        Mon  2 Nov 09:00  end: completed`);
    },
  },
  {
    name: 'people who wait for a window as short as the spread all get through it',
    run: async ({ host, cohortSize }) => {
      const leads = Array.from({ length: 40 }, (_, n) => ({
        lead: ana({ email: `ana${n}@example.com` }),
        from: '2026-03-02T20:00',
        cohortSize,
      }));
      const stories = await rehearseAll(inAShortWindow, leads, host);
      const sent = stories.map(({ lines: [first] }) =>
        formatLocal(first?.at ?? 0, 'Europe/Madrid'),
      );
      // On the first morning, not all in one minute, and before it closes.
      expect(sent.filter((at) => /^Tue  3 Mar 09:0[0-4]$/.test(at))).toHaveLength(40);
      expect(new Set(sent).size).toBeGreaterThan(2);
    },
  },
];
