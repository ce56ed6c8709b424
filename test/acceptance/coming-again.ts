/** Coming again: never, always, after a while, and while still inside. */
import { expect } from 'vitest';
import { after, always, days, event, journey, sendEmail, waitDays } from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const Submitted = event('Form Submitted');
const rules = { lead: Lead, enter: Submitted };
const steps = [sendEmail(letter('hello')), waitDays(5), sendEmail(letter('bye'))];

const once = journey('once', rules, steps);
const often = journey('often', { ...rules, reenter: always }, steps);
const seldom = journey('seldom', { ...rules, reenter: after(days(30)) }, steps);

const from = '2026-03-02T10:00';
const behaviour = [3, 10, 31].map((n) => at(day(n, '12:00'), Submitted()));

const firstTime = `
  Mon  2 Mar 10:00  email hello
  Wed  4 Mar 12:00  not entered: in-journey
  Sat  7 Mar 10:00  email bye
  Sat  7 Mar 10:00  end: completed`;

export const comingAgain: readonly AcceptanceScenario[] = [
  {
    name: 'people come once unless the journey says otherwise',
    run: async ({ host, cohortSize }) => {
      expect(await rehearse(once, { lead: ana(), from, cohortSize, behaviour }, host)).toRead(
        `${firstTime}
  Wed 11 Mar 12:00  not entered: entered-before
  Wed  1 Apr 12:00  not entered: entered-before`,
      );
    },
  },
  {
    name: 'people may come again at once',
    run: async ({ host, cohortSize }) => {
      expect(await rehearse(often, { lead: ana(), from, cohortSize, behaviour }, host)).toRead(
        `${firstTime}
  Wed 11 Mar 12:00  email hello
  Mon 16 Mar 12:00  email bye
  Mon 16 Mar 12:00  end: completed
  Wed  1 Apr 12:00  email hello
  Mon  6 Apr 12:00  email bye
  Mon  6 Apr 12:00  end: completed`,
      );
    },
  },
  {
    name: 'people may come again after a while, counted from their last entry',
    run: async ({ host, cohortSize }) => {
      expect(await rehearse(seldom, { lead: ana(), from, cohortSize, behaviour }, host)).toRead(
        `${firstTime}
  Wed 11 Mar 12:00  not entered: too-soon
  Wed  1 Apr 12:00  email hello
  Mon  6 Apr 12:00  email bye
  Mon  6 Apr 12:00  end: completed`,
      );
    },
  },
];
