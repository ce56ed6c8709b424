/** A score rises over the threshold, decays below it and rises again: three crossings, two handoffs. */
import { expect } from 'vitest';
import {
  always,
  days,
  event,
  handoffToSales,
  hours,
  journey,
  minutes,
  owner,
  points,
  score,
  scoring,
  sendEmail,
  until,
  waitDays,
  waitFor,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { salesAnswers } from '../../rehearsal/sales-team.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const DemoRequested = event('Demo Requested');
const Visited = event('Site Visited');

const config = {
  scoring: scoring({
    fit: [],
    engagement: [
      points(80, { on: DemoRequested, halfLife: days(10), atMost: 80 }),
      points(10, { on: Visited }),
    ],
  }),
  // A threshold is crossed at any second: larger cohorts wake at every one.
  tick: minutes(1 / 60),
};

const handoff = handoffToSales({ to: owner, sla: hours(48) });

const hotAndCold = journey('hot-and-cold', { lead: Lead }, [
  waitFor(score.above(70), { upTo: days(30), yes: [handoff] }),
  waitFor(score.below(40), { upTo: days(30), yes: [sendEmail(letter('cooling'))] }),
  waitFor(score.above(70), { upTo: days(30), yes: [handoff] }),
]);

const seventy = journey('seventy', { lead: Lead }, [
  until(score.above(70), [waitDays(10), sendEmail(letter('at-seventy'))], {
    met: [sendEmail(letter('above-seventy'))],
  }),
]);

const hot = journey('hot', { lead: Lead, enter: score.above(70), reenter: always }, [handoff]);
const cold = journey('cold', { lead: Lead }, [waitDays(60)]);

const from = '2026-03-02T10:00';

export const scoreCrossings: readonly AcceptanceScenario[] = [
  {
    name: 'up, down and up again are three triggers',
    run: async ({ host, cohortSize }) => {
      const story = await rehearse(
        hotAndCold,
        {
          lead: ana(),
          from,
          cohortSize,
          config,
          behaviour: [at(day(3, '12:00'), DemoRequested()), at(day(20, '09:30'), DemoRequested())],
          sales: salesAnswers('maybe', { after: hours(5) }),
        },
        host,
      );
      expect(story).toRead(`
        Wed  4 Mar 12:00  handoff to owner, 48 h
        Wed  4 Mar 17:00  sales: maybe
        Sat 14 Mar 12:00  email cooling
        Sat 21 Mar 09:30  handoff to owner, 48 h
        Sat 21 Mar 14:30  sales: maybe
        Sat 21 Mar 14:30  end: completed`);
    },
  },
  {
    name: 'above 70 excludes 70',
    run: async ({ host, cohortSize }) => {
      const visits = [1, 2, 3, 4, 5, 6, 7].map((minute) => at(day(2, `11:0${minute}`), Visited()));
      const options = { lead: ana(), from, cohortSize, config };
      expect(await rehearse(seventy, { ...options, behaviour: visits }, host)).toRead(`
        Thu 12 Mar 10:00  email at-seventy
        Thu 12 Mar 10:00  end: completed`);
      const behaviour = [...visits, at(day(4, '11:08'), Visited())];
      expect(await rehearse(seventy, { ...options, behaviour }, host)).toRead(`
        Thu  5 Mar 11:08  email above-seventy
        Thu  5 Mar 11:08  end: completed`);
    },
  },
  {
    name: 'each rise brings somebody in who may come again',
    run: async ({ host, cohortSize }) => {
      const story = await rehearse(
        cold,
        {
          lead: ana(),
          from,
          cohortSize,
          config: { ...config, journeys: [hot] },
          behaviour: [
            at(day(3, '12:00'), DemoRequested()),
            at(day(4, '12:00'), DemoRequested()),
            at(day(20, '09:30'), DemoRequested()),
          ],
          sales: salesAnswers('yes', { after: hours(5) }),
        },
        host,
      );
      expect(story).toRead(`
        Wed  4 Mar 12:00  hot: handoff to owner, 48 h
        Wed  4 Mar 17:00  hot: sales: yes
        Wed  4 Mar 17:00  hot: end: completed
        Sat 21 Mar 09:30  hot: handoff to owner, 48 h
        Sat 21 Mar 14:30  hot: sales: yes
        Sat 21 Mar 14:30  hot: end: completed
        Fri  1 May 10:00  end: completed`);
    },
  },
];
