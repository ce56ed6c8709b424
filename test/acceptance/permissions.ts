/** Whoever may not be written to is skipped with the reason, and the journey goes on. */
import { expect } from 'vitest';
import * as z from 'zod';
import {
  callTask,
  days,
  event,
  journey,
  owner,
  sendEmail,
  waitDays,
  waitHours,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter, receipt } from './scenario.ts';

const Unsubscribed = event('Email Unsubscribed', z.object({ topic: z.string().optional() }));
const Bounced = event('Email Bounced', z.object({ type: z.string() }));
const Identified = event('Identified', z.object({ consents: z.record(z.string(), z.boolean()) }));

const touches = journey('touches', { lead: Lead }, [
  sendEmail(letter('first')),
  waitDays(2),
  sendEmail(letter('second')),
  waitDays(2),
  callTask('check-in', { by: owner }),
  sendEmail(letter('news', 'news')),
]);

const capped = journey('capped', { lead: Lead }, [
  sendEmail(letter('one')),
  waitHours(24),
  sendEmail(letter('two')),
  waitHours(24),
  sendEmail(letter('three')),
  sendEmail(receipt('receipt')),
  waitHours(24),
  sendEmail(letter('four')),
]);

const from = '2026-03-02T10:00';
const cap = { channel: 'email', class: 'marketing', atMost: 2, per: days(7) } as const;

export const permissions: readonly AcceptanceScenario[] = [
  {
    name: 'who leaves a topic gets nothing more of it, and the rest',
    run: async ({ host, cohortSize }) => {
      const behaviour = [at(day(2, '08:00'), Unsubscribed({ topic: 'nurture' }))];
      const options = { lead: ana(), from, cohortSize, behaviour };
      expect(await rehearse(touches, options, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Wed  4 Mar 10:00  skipped email second: unsubscribed from nurture
        Fri  6 Mar 10:00  call check-in
        Fri  6 Mar 10:00  email news
        Fri  6 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'a hard bounce closes the channel, a soft one does not',
    run: async ({ host, cohortSize }) => {
      const behaviour = [
        at(day(1, '10:01'), Bounced({ type: 'soft' })),
        at(day(4, '10:01'), Bounced({ type: 'hard' })),
      ];
      const options = { lead: ana(), from, cohortSize, behaviour };
      expect(await rehearse(touches, options, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Wed  4 Mar 10:00  email second
        Fri  6 Mar 10:00  call check-in
        Fri  6 Mar 10:00  skipped email news: suppressed: hard-bounce
        Fri  6 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'without a phone there is no call, without an address no mail',
    run: async ({ host, cohortSize }) => {
      const { phone: _, ...noPhone } = ana().profile;
      const { email: __, ...nothing } = noPhone;
      const reached = { ...ana(), profile: noPhone };
      expect(await rehearse(touches, { lead: reached, from, cohortSize }, host)).toRead(`
        Mon  2 Mar 10:00  email first
        Wed  4 Mar 10:00  email second
        Fri  6 Mar 10:00  skipped call check-in: no phone
        Fri  6 Mar 10:00  email news
        Fri  6 Mar 10:00  end: completed`);
      const unreached = { ...ana(), profile: nothing };
      expect(await rehearse(touches, { lead: unreached, from, cohortSize }, host)).toRead(`
        Mon  2 Mar 10:00  skipped email first: no email address
        Wed  4 Mar 10:00  skipped email second: no email address
        Fri  6 Mar 10:00  skipped call check-in: no phone
        Fri  6 Mar 10:00  skipped email news: no email address
        Fri  6 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an opt-in topic needs a consent, an opt-out topic none; both may come and go',
    run: async ({ host, cohortSize }) => {
      const behaviour = [
        at(day(2, '08:00'), Identified({ consents: { nurture: true } })),
        at(day(3, '12:00'), Unsubscribed({ topic: 'news' })),
      ];
      const config = {
        topics: { news: { consent: 'opt-out' }, nurture: { consent: 'opt-in' } },
      } as const;
      const silent = ana({}, { consents: [] });
      expect(await rehearse(touches, { lead: silent, from, cohortSize, config }, host)).toRead(`
        Mon  2 Mar 10:00  skipped email first: no consent to nurture
        Wed  4 Mar 10:00  skipped email second: no consent to nurture
        Fri  6 Mar 10:00  call check-in
        Fri  6 Mar 10:00  email news
        Fri  6 Mar 10:00  end: completed`);
      const options = { lead: silent, from, cohortSize, config, behaviour };
      expect(await rehearse(touches, options, host)).toRead(`
        Mon  2 Mar 10:00  skipped email first: no consent to nurture
        Wed  4 Mar 10:00  email second
        Fri  6 Mar 10:00  call check-in
        Fri  6 Mar 10:00  skipped email news: unsubscribed from news
        Fri  6 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'one too many is skipped where the cap says so',
    run: async ({ host, cohortSize }) => {
      const config = { caps: [{ ...cap, outcome: 'skip' }] } as const;
      expect(await rehearse(capped, { lead: ana(), from, cohortSize, config }, host)).toRead(`
        Mon  2 Mar 10:00  email one
        Tue  3 Mar 10:00  email two
        Wed  4 Mar 10:00  skipped email three: frequency cap
        Wed  4 Mar 10:00  email receipt
        Thu  5 Mar 10:00  skipped email four: frequency cap
        Thu  5 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'one too many waits for room where the cap says so',
    run: async ({ host, cohortSize }) => {
      const config = {
        caps: [{ ...cap, outcome: 'defer' }],
        tick: { ms: 1, label: '1ms' },
      } as const;
      expect(await rehearse(capped, { lead: ana(), from, cohortSize, config }, host)).toRead(`
        Mon  2 Mar 10:00  email one
        Tue  3 Mar 10:00  email two
        Mon  9 Mar 10:00  email three
        Mon  9 Mar 10:00  email receipt
        Tue 10 Mar 10:00  email four
        Tue 10 Mar 10:00  end: completed`);
    },
  },
];
