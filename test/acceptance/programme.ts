/** The programme of nine touches in ninety days: in full, cut short, and with many people in many zones. */
import { expect } from 'vitest';
import { hours } from '../../dsl/duration.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { persona } from '../../rehearsal/persona.ts';
import { rehearse, rehearseAll } from '../../rehearsal/rehearse.ts';
import { salesAnswers } from '../../rehearsal/sales-team.ts';
import { ana, Lead, nineTouches, PricingViewed, racedTouches } from '../nine-touches.ts';
import type { AcceptanceScenario } from './scenario.ts';

const from = '2026-03-02T10:00';

const NINE = `
  Mon  2 Mar 10:00  email intro
  Wed 11 Mar 10:00  email related
  Mon 16 Mar 10:00  email from-seller
  Tue 31 Mar 10:00  email whitepaper
  Wed 15 Apr 10:00  call check-in
  Thu 30 Apr 10:00  email webinars
  Fri 15 May 10:00  email demo
  Mon 25 May 10:00  call meeting
  Sat 30 May 10:00  email proposal`;

const ZONES = [
  'Europe/Madrid',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Atlantic/Azores',
];

const crowd = Array.from({ length: 60 }, (_, i) => {
  const { phone, ...profile } = ana.profile;
  return {
    lead: persona(
      Lead,
      {
        ...profile,
        name: `Lead ${i}`,
        email: `lead-${i}@example.com`,
        timezone: ZONES[i % ZONES.length] ?? 'UTC',
        ...(i % 7 === 0 || typeof phone !== 'string' ? {} : { phone }),
      },
      { id: 'lead' },
    ),
    from: `2026-03-0${1 + (i % 2)}T10:00`,
    behaviour:
      i % 3 === 0 ? [at(day(5 + i, `11:${10 + (i % 40)}`), PricingViewed({ plan: 'pro' }))] : [],
  };
});

const sales = salesAnswers('yes', { after: hours(5) });

export const programme: readonly AcceptanceScenario[] = [
  {
    name: 'nine touches in ninety days',
    run: async ({ host, cohortSize }) => {
      expect(await rehearse(nineTouches, { lead: ana, from, cohortSize }, host)).toRead(`${NINE}
  Sat 30 May 10:00  end: completed`);
    },
  },
  {
    name: 'nobody is interested: the block comes to its end',
    run: async ({ host, cohortSize }) => {
      expect(await rehearse(racedTouches, { lead: ana, from, cohortSize }, host)).toRead(`${NINE}
  Mon 29 Jun 10:00  end: completed`);
    },
  },
  {
    name: 'interest in week 3 abandons the block the same minute',
    run: async ({ host, cohortSize }) => {
      const behaviour = [
        at(day(17, '11:20'), PricingViewed({ plan: 'pro' })),
        at(day(17, '11:25'), PricingViewed({ plan: 'pro' })),
      ];
      const options = { lead: ana, from, cohortSize, behaviour, sales };
      expect(await rehearse(racedTouches, options, host)).toRead(`
  Mon  2 Mar 10:00  email intro
  Wed 11 Mar 10:00  email related
  Mon 16 Mar 10:00  email from-seller
  Wed 18 Mar 11:20  email demo-now
  Wed 18 Mar 11:20  handoff to owner, 48 h
  Wed 18 Mar 16:20  sales: yes
  Wed 18 Mar 16:20  end: completed`);
    },
  },
  {
    name: 'sixty people in ten zones read as they do on a virtual clock, one at a time',
    run: async ({ host, cohortSize }) => {
      const together = await rehearseAll(
        racedTouches,
        crowd.map((each) => ({ ...each, sales, cohortSize })),
        host,
      );
      const alone = await rehearseAll(
        racedTouches,
        crowd.map((each) => ({ ...each, sales, cohortSize: 1 })),
      );
      expect(together.map(String)).toEqual(alone.map(String));
      expect(together.every(({ status }) => status === 'completed')).toBe(true);
    },
  },
];
