/** What the programme does with people, day by day: each story is the whole calendar of one of them. */
import { hours } from 'cultivo';
import { at, day, persona, rehearse, salesAnswers, storyMatchers } from 'cultivo/testing';
import { expect, test } from 'vitest';
import config from './cultivo.config.ts';
import {
  BecameCustomer,
  DemoRequested,
  EmailLinkClicked,
  EmailUnsubscribed,
  GuideDownloaded,
  MeetingBooked,
  PricingViewed,
  WebinarAttended,
} from './events.ts';
import { Lead } from './lead.ts';
import { threeMonthNurture } from './three-month-nurture.ts';

expect.extend(storyMatchers);

const profile: Lead = {
  name: 'Lucía Ferrer',
  email: 'lucia.ferrer@valdebro.example',
  company: 'Valdebro Lácteos',
  role: 'energy-manager',
  sector: 'food',
  country: 'ES',
  employees: 420,
  phone: '+34 600 000 101',
  timezone: 'Europe/Madrid',
  owner: 'ines',
};

const lucia = persona(Lead, profile);
const monday = { from: '2026-03-02T10:00', config };

test('an ordinary lead gets nine touches in ninety days', async () => {
  const story = await rehearse(threeMonthNurture, { lead: lucia, ...monday });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Mon 16 Mar 10:00  email from-your-seller
    Tue 31 Mar 10:00  email whitepaper
    Wed 15 Apr 10:00  call check-in
    Thu 30 Apr 10:00  email webinars
    Fri 15 May 10:00  email demo-offer
    Mon 25 May 10:00  call meeting
    Mon  1 Jun 09:04  email proposal
    Sat  6 Jun 09:04  stage recycled
    Mon  6 Jul 09:04  enrol in recycled
    Mon  6 Jul 09:04  end: completed
    Mon 20 Jul 09:04  recycled: email field-report
    Wed 19 Aug 09:04  recycled: email still-here
    Wed 19 Aug 09:04  recycled: end: completed`);
});

test('a lead who looks at prices in week 3 gets the demo offer the same day', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(17, '11:20'), PricingViewed({ plan: 'site' }))],
    sales: salesAnswers('yes', { after: hours(5) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Mon 16 Mar 10:00  email from-your-seller
    Wed 18 Mar 11:20  stage mql
    Wed 18 Mar 11:20  email demo-offer
    Wed 18 Mar 11:20  handoff to owner, 48 h
    Wed 18 Mar 16:20  sales: yes
    Wed 18 Mar 16:20  stage sql
    Wed 18 Mar 16:20  end: completed`);
});

test('who asks for a demo is not offered one, and goes to sales at once', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(5, '23:40'), DemoRequested())],
    sales: salesAnswers('never', { after: hours(10) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Fri  6 Mar 23:40  stage mql
    Fri  6 Mar 23:40  handoff to owner, 48 h
    Sat  7 Mar 09:40  sales: never
    Sat  7 Mar 09:40  stage disqualified
    Sat  7 Mar 09:40  end: completed`);
});

test('small signs add up to a late-stage lead', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [
      at(day(3, '12:10'), GuideDownloaded({ guide: 'peak-load', phase: 'early' })),
      at(day(10, '14:30'), EmailLinkClicked({ template: 'related-content' })),
      at(day(11, '17:00'), WebinarAttended({ webinar: 'dairy' })),
      at(day(12, '09:45'), GuideDownloaded({ guide: 'compressed-air', phase: 'early' })),
    ],
    sales: salesAnswers('yes', { after: hours(2) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Fri 13 Mar 09:45  stage mql
    Fri 13 Mar 09:45  email demo-offer
    Fri 13 Mar 09:45  handoff to owner, 48 h
    Fri 13 Mar 11:45  sales: yes
    Fri 13 Mar 11:45  stage sql
    Fri 13 Mar 11:45  end: completed`);
});

test('who unsubscribes gets no more mail; calls go on', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(20, '08:15'), EmailUnsubscribed({ topic: 'nurture' }))],
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Mon 16 Mar 10:00  email from-your-seller
    Tue 31 Mar 10:00  skipped email whitepaper: unsubscribed from nurture
    Wed 15 Apr 10:00  call check-in
    Thu 30 Apr 10:00  skipped email webinars: unsubscribed from nurture
    Fri 15 May 10:00  skipped email demo-offer: unsubscribed from nurture
    Mon 25 May 10:00  call meeting
    Sat 30 May 10:00  skipped email proposal: unsubscribed from nurture
    Thu  4 Jun 10:00  stage recycled
    Sat  4 Jul 10:00  enrol in recycled
    Sat  4 Jul 10:00  end: completed
    Sat 18 Jul 10:00  recycled: skipped email field-report: unsubscribed from nurture
    Mon 17 Aug 10:00  recycled: skipped email still-here: unsubscribed from nurture
    Mon 17 Aug 10:00  recycled: end: completed`);
});

test('without a phone number the calls are skipped, and nothing else', async () => {
  const { phone: _, ...reachableByMail } = profile;
  const story = await rehearse(threeMonthNurture, {
    lead: persona(Lead, reachableByMail),
    ...monday,
  });
  expect(story.lines.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['skipped call check-in: no phone', 'skipped call meeting: no phone']),
  );
  expect(story.lines.filter(({ text }) => text.startsWith('skipped'))).toHaveLength(2);
});

test('without consent no mail leaves', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: persona(Lead, profile, { consents: [] }),
    ...monday,
  });
  expect(story.lines.some(({ text }) => text.startsWith('email'))).toBe(false);
  expect(story.status).toBe('completed');
});

test('sales says maybe: the lead is recycled, and comes back when it is interested', async () => {
  const replies = ['maybe', 'yes'] as const;
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [
      at(day(17, '11:20'), PricingViewed({ plan: 'site' })),
      at(day(40, '10:05'), EmailLinkClicked({ template: 'field-report' })),
    ],
    sales: (handoff) => ({ answer: replies[handoff - 1] ?? 'yes', after: hours(20) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Mon 16 Mar 10:00  email from-your-seller
    Wed 18 Mar 11:20  stage mql
    Wed 18 Mar 11:20  email demo-offer
    Wed 18 Mar 11:20  handoff to owner, 48 h
    Thu 19 Mar 07:20  sales: maybe
    Thu 19 Mar 07:20  stage recycled
    Thu 19 Mar 07:20  enrol in recycled
    Thu 19 Mar 07:20  end: completed
    Thu  2 Apr 09:04  recycled: email field-report
    Fri 10 Apr 10:05  recycled: handoff to owner, 48 h
    Sat 11 Apr 06:05  recycled: sales: yes
    Sat 11 Apr 06:05  recycled: stage sql
    Sat 11 Apr 06:05  recycled: end: completed`);
});

test('no answer from sales within 48 hours is heard about', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(17, '11:20'), PricingViewed({ plan: 'site' }))],
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Mon 16 Mar 10:00  email from-your-seller
    Wed 18 Mar 11:20  stage mql
    Wed 18 Mar 11:20  email demo-offer
    Wed 18 Mar 11:20  handoff to owner, 48 h
    Fri 20 Mar 11:20  escalation to owner
    Fri 20 Mar 11:20  notify head-of-sales
    Fri 20 Mar 11:20  end: completed`);
});

test('a meeting ends the programme as a success, a purchase ends it without more ado', async () => {
  const meeting = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(12, '16:00'), MeetingBooked())],
  });
  const purchase = await rehearse(threeMonthNurture, {
    lead: lucia,
    ...monday,
    behaviour: [at(day(12, '16:00'), BecameCustomer())],
  });
  expect(meeting).toRead(`
    Mon  2 Mar 10:00  email introduction
    Wed 11 Mar 10:00  email related-content
    Fri 13 Mar 16:00  end: goal`);
  expect(purchase.status).toBe('exit');
});

test.each([
  ['America/New_York', '2026-03-02T10:00', 'clocks go forward on 8 March'],
  ['Europe/Madrid', '2026-10-19T10:00', 'clocks go back on 25 October'],
  ['Pacific/Auckland', '2026-03-30T10:00', 'clocks go back on 5 April'],
])('ten in the morning stays ten in %s (%s: %s)', async (timezone, from) => {
  const story = await rehearse(threeMonthNurture, {
    lead: persona(Lead, { ...profile, timezone }),
    from,
    config,
  });
  const touches = String(story).split('\n').slice(0, 4);
  for (const touch of touches) expect(touch).toMatch(/ 10:00  email /);
  const [first, second] = story.lines.map(({ at: instant }) => instant);
  expect(Math.abs(((second ?? 0) - (first ?? 0)) / 3_600_000 - 9 * 24)).toBe(1);
});

test('who writes at night hears from us in the morning, on their own clock', async () => {
  const story = await rehearse(threeMonthNurture, {
    lead: persona(Lead, { ...profile, timezone: 'Asia/Tokyo' }),
    from: '2026-03-06T22:30', // a Friday
    config,
  });

  expect(String(story)).toMatch(/^Mon  9 Mar 09:04  email introduction\n/);
});
