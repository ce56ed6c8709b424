/** What is seen of people and journeys is what the ledger holds, and what is ahead is what then happens. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  always,
  check,
  enrolIn,
  days,
  email,
  event,
  html,
  journey,
  lead,
  onDay,
  points,
  scoring,
  sendEmail,
  setField,
  step,
  until,
  waitDays,
  when,
} from '../dsl/index.ts';
import type { RehearsalOptions } from '../rehearsal/scenario.ts';
import { at, day, persona, salesAnswers } from '../rehearsal/index.ts';
import { hours } from '../dsl/index.ts';
import config from '../examples/three-month-nurture/cultivo.config.ts';
import { PricingViewed } from '../examples/three-month-nurture/events.ts';
import { Lead } from '../examples/three-month-nurture/lead.ts';
import { threeMonthNurture } from '../examples/three-month-nurture/three-month-nurture.ts';
import { playedWorld } from '../test/played-world.ts';
import { printEntry } from '../cli/people/print-person.ts';
import { consents, decisions, suppressions } from '../store/tables/index.ts';
import { forecast } from './forecast.ts';
import { journeyView } from './journey-view.ts';
import { peopleAt } from './people-at.ts';
import { personView } from './person-view.ts';
import { traffic } from './traffic.ts';
import { why } from './why.ts';

const profile: Lead = {
  name: 'Lucía',
  email: 'lucia@valdebro.example',
  company: 'Valdebro',
  role: 'energy-manager',
  sector: 'food',
  country: 'ES',
  employees: 420,
  timezone: 'Europe/Madrid',
};
const lucia = persona(Lead, profile, { id: 'lucia' });
const monday: Omit<RehearsalOptions<Lead>, 'lead'> = { from: '2026-03-02T10:00', config };
const APRIL = Date.UTC(2026, 3, 10);
const END = Date.UTC(2026, 11, 31);

describe('ahead', () => {
  test('is what then happens, from whatever day it is asked', async () => {
    for (const days of [0.5, 1, 9, 14.9, 40, 91, 100, 130]) {
      const from = Date.UTC(2026, 2, 2, 9) + days * 86_400_000;
      const world = await playedWorld(threeMonthNurture, [{ lead: lucia, ...monday }], from);
      const { entries } = await forecast(world, 'lucia', 300);
      await world.playTo(END);
      const then = (await personView(world, 'lucia', { most: Infinity }))?.story ?? [];
      const print = (list: typeof entries) =>
        list
          .filter((each) => each.at > from)
          .map((each) => printEntry({ ...each, outcome: null }, 'UTC'));
      expect(print(entries)).toEqual(print(then.filter(({ kind }) => kind !== 'behaviour')));
    }
  });

  test('leaves the store and the journey as they were, and runs no own code', async () => {
    let runs = 0;
    const Asked = lead(z.object({ name: z.string(), email: z.email() }));
    const hello = email('hello', {
      class: 'transactional',
      subject: () => 'Hello',
      body: () => html`<p>Hello</p>`,
    });
    const own = journey('own', { lead: Asked }, [
      waitDays(1),
      step('count', async () => void (runs += 1)),
      sendEmail(hello),
      when(
        check('is-vip', async () => ((runs += 1), true)),
        { yes: [sendEmail(hello, { id: 'vip' })] },
      ),
    ]);
    const ana = persona(Asked, { name: 'Ana', email: 'ana@a.example' }, { id: 'ana' });
    const from = Date.UTC(2026, 2, 2, 10);
    const world = await playedWorld(own, [{ lead: ana, from: '2026-03-02T09:00' }], from);
    const before = await personView(world, 'ana');
    const { entries, dependsOn } = await forecast(world, 'ana');
    expect(runs).toBe(0);
    expect(dependsOn).toEqual(['is-vip']);
    expect(entries.map(({ what }) => what)).toContain('email hello');
    expect(await personView(world, 'ana')).toEqual(before);
  });
});

test('a person is found by any of their names, with score, reasons, standing and story', async () => {
  const behaviour = [at(day(3, '12:00'), PricingViewed({ plan: 'site' }))];
  const leads = [
    { lead: lucia, ...monday, behaviour, sales: salesAnswers('maybe', { after: hours(5) }) },
  ];
  const world = await playedWorld(threeMonthNurture, leads, APRIL);
  const view = await personView(world, ' lucia ');
  expect(view).toMatchObject({ name: 'Lucía', user: 'lucia', zone: 'Europe/Madrid', earlier: 0 });
  expect(view?.runs.map(({ journey, status }) => [journey, status])).toEqual([
    ['recycled', 'live'],
    ['three-month-nurture', 'completed'],
  ]);
  expect(view?.score?.because.map(({ rule }) => rule)).toContain('energy-hungry sector');
  expect(view?.curve.length).toBeGreaterThan(50);
  expect(view?.curve.at(-1)?.total).toBe(view?.score?.total);
  expect(Math.max(...(view?.curve ?? []).map(({ total }) => total))).toBeGreaterThan(
    view?.score?.total ?? 0,
  );
  const lines = view?.story.map((entry) => printEntry(entry, 'Europe/Madrid')) ?? [];
  expect(lines).toContain('Mon  2 Mar 10:00  email introduction  [three-month-nurture]');
  expect(lines).toContain('Wed  4 Mar 12:00  • Pricing Viewed {"plan":"site"}');
  expect(await personView(world, 'nobody')).toBeUndefined();
});

test('a journey counts who stands where, and what was sent, skipped and decided in a span', async () => {
  const silent = persona(Lead, profile, { id: 'silent', consents: [] });
  const leads = [
    { lead: lucia, ...monday },
    { lead: silent, ...monday },
    { lead: lucia, ...monday, behaviour: [at(day(3, '12:00'), PricingViewed({ plan: 'site' }))] },
  ];
  const world = await playedWorld(threeMonthNurture, leads, APRIL);
  const plan = world.project.plans.get('three-month-nurture');
  if (plan === undefined) throw new Error('Expected the plan.');
  const view = await journeyView(world, plan);
  const stepOf = (id: string) => view.steps.find(({ step }) => step.endsWith(id));
  expect(view).toMatchObject({
    live: 2,
    parked: 0,
    entered: 3,
    ended: [{ what: 'completed', count: 1 }],
  });
  expect(stepOf('email:introduction')).toMatchObject({
    sent: 2,
    skipped: [{ what: 'no consent to nurture', count: 1 }],
  });
  expect(stepOf('day:45')?.standing).toBe(2);
  expect(stepOf('programme')?.ways).toContainEqual({ what: 'met', count: 1 });
  const later = await journeyView(world, plan, { from: APRIL - 1, to: APRIL });
  expect(later).toMatchObject({ live: 2, entered: 0 });
  expect(later.steps.every(({ sent, skipped }) => sent === 0 && skipped.length === 0)).toBe(true);
});

test('what is ahead knows who left, whom nothing reaches, and what was let through', async () => {
  const world = await playedWorld(threeMonthNurture, [{ lead: lucia, ...monday }], APRIL);
  const mails = async () =>
    (await forecast(world, 'lucia', 300)).entries.flatMap(({ kind, reason, what }) =>
      what.startsWith('email') && kind !== 'waits' ? [reason ?? kind] : [],
    );
  expect(new Set(await mails())).toEqual(new Set(['sent']));
  await world.store.transaction((tx) =>
    tx.add(consents, [
      { person: 'lucia', topic: 'nurture', state: 'out', at: APRIL, source: 'test' },
    ]),
  );
  expect(new Set(await mails())).toEqual(new Set(['unsubscribed from nurture']));
  await world.store.transaction((tx) =>
    tx.add(suppressions, [{ person: 'lucia', channel: 'email', reason: 'hard-bounce', at: APRIL }]),
  );
  expect(new Set(await mails())).toEqual(new Set(['suppressed: hard-bounce']));
});

test('what is far ahead is known, what is being sent is told once, and a way not taken is named', async () => {
  const model = { lead: lead(z.object({ name: z.string(), email: z.email() })), reenter: always };
  const hello = email('hello', { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` });
  const other = email('other', { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` });
  const long = journey('long', model, [
    sendEmail(hello),
    when(event('Bought').happened(), { yes: [sendEmail(other)] }),
    waitDays(240),
    sendEmail(email('still', { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` })),
  ]);
  const own = { journeys: [long], topics: { news: { consent: 'opt-out' } } } as const;
  const ana = persona(model.lead, { name: 'Ana', email: 'ana@a.example' }, { id: 'ana' });
  const START = Date.UTC(2026, 2, 2, 9);
  const one = { lead: ana, from: '2026-03-02T09:00', config: own };
  const world = await playedWorld(long, [one], START);
  const told = async (template: string) => (await why(world, 'ana', template))?.messages[0];
  expect((await told('hello'))?.because).toHaveLength(1);
  expect((await traffic(world, ['long'])).ahead[0]).toMatchObject({ sent: 0 });
  expect(await told('still')).toMatchObject({
    state: 'ahead',
    because: [expect.stringMatching(/^to come: .*let through$/)],
  });
  await world.playTo(START + 241 * 86_400_000);
  expect(await told('still')).toMatchObject({ state: 'sent' });
  expect((await told('other'))?.because).toEqual([
    expect.stringMatching(/ended without it: completed, .* On their way: if had:bought → no/),
  ]);
});

test('what is ahead hears what the journey itself does: a field that it sets meets its trigger', async () => {
  const Member = lead(
    z.object({ name: z.string(), email: z.email(), tier: z.string().optional() }),
  );
  const letter = (id: string) =>
    sendEmail(email(id, { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` }));
  const tiers = journey('tiers', { lead: Member }, [
    until(
      Member.is({ tier: 'gold' }),
      [waitDays(1), setField({ tier: 'gold' }), waitDays(5), letter('basic')],
      {
        met: [letter('golden')],
      },
    ),
  ]);
  const own = { journeys: [tiers], topics: { news: { consent: 'opt-out' } } } as const;
  const ana = persona(Member, { name: 'Ana', email: 'ana@a.example' }, { id: 'ana' });
  const START = Date.UTC(2026, 2, 2, 9);
  const one = { lead: ana, from: '2026-03-02T09:00', config: own };
  const world = await playedWorld(tiers, [one], START + 3_600_000);
  const { entries } = await forecast(world, 'ana', 30);
  const mails = entries.flatMap(({ kind, what }) => (kind === 'sent' ? [what] : []));
  expect(mails).toEqual(['email golden']);
});

test('messages a day count those of journeys that people will enter', async () => {
  const model = { lead: lead(z.object({ name: z.string(), email: z.email() })) };
  const hello = email('hello', { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` });
  const sub = journey('sub', model, [sendEmail(hello)]);
  const main = journey('main', model, [waitDays(3), enrolIn(sub)]);
  const own = { journeys: [main, sub], topics: { news: { consent: 'opt-out' } } } as const;
  const ana = persona(model.lead, { name: 'Ana', email: 'ana@a.example' }, { id: 'ana' });
  const START = Date.UTC(2026, 2, 2, 9);
  const world = await playedWorld(
    main,
    [{ lead: ana, from: '2026-03-02T09:00', config: own }],
    START,
  );
  const { ahead } = await traffic(world, ['main', 'sub']);
  expect(ahead.map(({ sent }) => sent).slice(0, 5)).toEqual([0, 0, 0, 1, 0]);
});

test('messages a day: those that left, and those that then leave, of one journey as of all', async () => {
  const leads = ['ana', 'ben', 'cleo'].map((id) => ({
    lead: persona(Lead, { ...profile, email: `${id}@a.example` }, { id }),
    ...monday,
  }));
  const MARCH = Date.UTC(2026, 2, 9, 12);
  const world = await playedWorld(threeMonthNurture, leads, MARCH);
  const all = await traffic(world, [threeMonthNurture.id, 'another']);
  expect(await traffic(world, [threeMonthNurture.id])).toEqual(all);
  expect(all).toMatchObject({ played: 3, people: 3 });

  await world.playTo(MARCH + 30 * 86_400_000);
  const sends = (
    await world.store.transaction((tx) => tx.page(decisions, { limit: 10_000, where: {} }))
  ).flatMap((row) => (row.verdict === 'send' ? [Math.floor(row.at / 86_400_000)] : []));
  const then = [...all.past, ...all.ahead.slice(1)].map(({ day }) => ({
    day,
    sent: sends.filter((each) => each === day / 86_400_000).length,
  }));
  expect([...all.past, ...all.ahead.slice(1)]).toEqual(then);
  expect(then.some(({ sent, day }) => sent > 0 && day > MARCH)).toBe(true);
});

test('people are listed by journey, step and stage, in pages', async () => {
  const leads = Array.from({ length: 7 }, (_, i) => ({
    lead: lucia,
    ...monday,
    behaviour: i < 3 ? [at(day(3, '12:00'), PricingViewed({ plan: 'site' }))] : [],
  }));
  const world = await playedWorld(threeMonthNurture, leads, Date.UTC(2026, 2, 5));
  const seen: string[] = [];
  for (let after: string | null | undefined = undefined; after !== null;) {
    const page = await peopleAt(world, { journey: 'three-month-nurture', limit: 3, after });
    seen.push(...page.people.map(({ user }) => user ?? ''));
    after = page.next;
  }
  expect(seen.toSorted()).toEqual(leads.map((_, i) => `lucia-${i}`));
  const mql = await peopleAt(world, { stage: 'mql' });
  expect(mql.people.map(({ user }) => user ?? '').toSorted()).toEqual([
    'lucia-0',
    'lucia-1',
    'lucia-2',
  ]);
  expect((await peopleAt(world, { step: 'nowhere' })).people).toEqual([]);
  expect((await peopleAt(world, { status: 'completed' })).people).toEqual([]);
});

describe('why', () => {
  test('sent, to come, skipped with what to do, and never', async () => {
    const silent = persona(Lead, profile, { id: 'silent', consents: [] });
    const leads = [
      { lead: lucia, ...monday },
      { lead: silent, ...monday },
    ];
    const world = await playedWorld(threeMonthNurture, leads, APRIL);
    const of = async (who: string, template: string) =>
      (await why(world, who, template))?.messages.find(
        ({ journey }) => journey === 'three-month-nurture',
      );
    expect(await of('lucia-0', 'introduction')).toMatchObject({
      state: 'sent',
      because: ['Mon  2 Mar 10:00  let through, sent'],
    });
    expect(await of('lucia-0', 'webinars')).toMatchObject({
      state: 'ahead',
      because: ['to come: Thu 30 Apr 10:00  let through'],
    });
    expect((await of('silent-1', 'introduction'))?.because).toEqual([
      'Mon  2 Mar 10:00  skipped: no consent to nurture (nurture is opt-in: identify them with consents { "nurture": true }, or see topics in the config)',
    ]);
    expect(await why(world, 'nobody')).toBeUndefined();
  });

  test('says who never entered, who ended before it, and whose way does not lead to it', async () => {
    const Asked = lead(z.object({ name: z.string(), email: z.email() }));
    const letter = (id: string) =>
      email(id, { class: 'transactional', subject: () => id, body: () => html`<p>Hello</p>` });
    const Bought = event('Bought');
    const model = scoring({ engagement: [points(5, { on: Bought, halfLife: days(30) })] });
    const left = journey('left', { lead: Asked, exit: Bought }, [
      onDay(1, sendEmail(letter('first'))),
      onDay(9, sendEmail(letter('second'))),
      when(Bought.happened(), { yes: [sendEmail(letter('third'))] }),
    ]);
    const other = journey('other', { lead: Asked, enter: event('Asked') }, [
      sendEmail(letter('fourth')),
    ]);
    const ana = persona(Asked, { name: 'Ana', email: 'ana@a.example' }, { id: 'ana' });
    const from = '2026-03-02T09:00';
    const leads = [
      { lead: ana, from, config: { journeys: [other], scoring: model } },
      { lead: ana, from, behaviour: [at(day(3, '12:00'), Bought())] },
    ];
    const world = await playedWorld(left, leads, Date.UTC(2026, 2, 6));
    const said = async (who: string, template: string) =>
      (await why(world, who, template))?.messages[0]?.because;
    expect(await said('ana-0', 'third')).toEqual([
      'They stand at day:9, from where nothing leads to it if nothing else happens.',
    ]);
    expect(await said('ana-1', 'second')).toEqual([
      'Their journey ended without it: exit, Wed  4 Mar 12:00.',
    ]);
    expect(await said('ana-0', 'fourth')).toEqual(['They have never entered other.']);
  });
});
