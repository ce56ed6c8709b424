/** Which way people went, and why: the ledger says it for branches, waits, blocks and sales. */
import { expect } from 'vitest';
import * as z from 'zod';
import {
  check,
  days,
  event,
  handoffToSales,
  hours,
  journey,
  owner,
  points,
  score,
  scoring,
  sendEmail,
  until,
  waitDays,
  waitFor,
  when,
} from '../../dsl/index.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { salesAnswers } from '../../rehearsal/sales-team.ts';
import type { StoryWay } from '../../rehearsal/story.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

const PricingViewed = event('Pricing Viewed', z.object({ plan: z.string() }));
const Asked = event('Asked');

const config = { scoring: scoring({ engagement: [points(30, { on: PricingViewed })] }) };

const everyWay = journey('every-way', { lead: Lead }, [
  waitFor(PricingViewed.with({ plan: 'pro' }), { upTo: days(3) }),
  when(score.above(20), { yes: [sendEmail(letter('hot'))] }),
  when(
    check('is-ana', ({ lead }: { lead: { name: string } }) => lead.name === 'Ana'),
    { no: [sendEmail(letter('other'))] },
  ),
  until(Asked, [waitDays(1)], { notMet: [sendEmail(letter('quiet'))] }),
  until(Asked, [waitDays(9)], { met: [sendEmail(letter('answer'))] }),
  handoffToSales({ to: owner, sla: hours(48) }),
]);

const printed = ({ step, outcome, looked }: StoryWay): string =>
  `${step} ${outcome} ${JSON.stringify(looked)}`;

export const waysScenarios: readonly AcceptanceScenario[] = [
  {
    name: 'each way that was taken is there with what it rested on',
    run: async ({ host, cohortSize }) => {
      const story = await rehearse(
        everyWay,
        {
          lead: ana(),
          from: '2026-03-02T10:00',
          cohortSize,
          config,
          sales: salesAnswers('maybe', { after: hours(5) }),
          behaviour: [
            at(day(2, '11:00'), PricingViewed({ plan: 'pro' })),
            at(day(5, '11:00'), Asked()),
          ],
        },
        host,
      );
      expect(story).toRead(`
        Tue  3 Mar 11:00  email hot
        Wed  4 Mar 11:00  email quiet
        Fri  6 Mar 11:00  email answer
        Fri  6 Mar 11:00  handoff to owner, 48 h
        Fri  6 Mar 16:00  sales: maybe
        Fri  6 Mar 16:00  end: completed`);
      const ids = { pricing: 'rehearsal/ana/0', asked: 'rehearsal/ana/1' };
      const viewed = Date.UTC(2026, 2, 3, 10);
      expect(story.ways.map(printed).map(withoutRun)).toEqual([
        `for:pricing-viewed(plan=pro) yes {"pricing-viewed(plan=pro)":${viewed},"event":"pricing viewed","id":"${ids.pricing}"}`,
        'if:score>20 yes {"score":30}',
        'if:is-ana yes {"is-ana":true}',
        'until:asked notMet null',
        `until:asked#2 met {"event":"asked","id":"${ids.asked}"}`,
        'handoff:owner maybe {"event":"handoff answered","id":"rehearsal/sales/RUN"}',
      ]);
    },
  },
  {
    name: 'what did not come in time is a way too',
    run: async ({ host, cohortSize }) => {
      const story = await rehearse(
        everyWay,
        { lead: ana({ name: 'Eva' }), from: '2026-03-02T10:00', cohortSize, config },
        host,
      );
      expect(story.ways.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
        'for:pricing-viewed(plan=pro) no',
        'if:score>20 no',
        'if:is-ana no',
        'until:asked notMet',
        'until:asked#2 notMet',
        'handoff:owner late',
      ]);
    },
  },
];

/** Runs have other ids on every host. */
const withoutRun = (text: string): string => text.replace(/(rehearsal\/sales\/)[^"]*/, '$1RUN');
