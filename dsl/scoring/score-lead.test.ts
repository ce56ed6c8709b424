import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Behaviour } from '../behaviour.ts';
import { any, not } from '../conditions/all-any-not.ts';
import { days } from '../duration.ts';
import { event } from '../event.ts';
import { lead } from '../lead.ts';
import { check } from '../conditions/own-check.ts';
import { score } from '../conditions/score-level.ts';
import { points } from './points.ts';
import { reviewModel } from './review-model.ts';
import { prepareScore, scoreLead } from './score-lead.ts';
import { scoring } from './scoring.ts';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 2, 2, 10);

const Lead = lead(
  z.object({
    role: z.enum(['manager', 'student', 'engineer']),
    country: z.string(),
    employees: z.number(),
    freeMail: z.boolean(),
  }),
);
const PricingViewed = event('Pricing Viewed');
const PageViewed = event('Page Viewed', z.object({ path: z.string() }));
const Downloaded = event('Content Downloaded');
const WebinarAttended = event('Webinar Attended');
const DemoRequested = event('Demo Requested');
const EmailOpened = event('Email Opened');
const Unsubscribed = event('Email Unsubscribed');

/** A dozen rules, as a firm would begin. */
const model = scoring({
  fit: [
    points(20, { while: Lead.is({ role: 'manager' }) }),
    points(10, { while: Lead.is({ country: 'ES' }) }),
    points(15, { while: Lead.is({ employees: { atLeast: 50 } }) }),
    points(-20, { name: 'student', while: Lead.is({ role: 'student' }) }),
    points(-5, { name: 'free mail', while: Lead.is({ freeMail: true }) }),
  ],
  engagement: [
    points(15, { on: PricingViewed, halfLife: days(30), atMost: 45, atMostPerDay: 15 }),
    points(10, { on: any(Downloaded, WebinarAttended), name: 'content', halfLife: days(60) }),
    points(5, { on: EmailOpened, halfLife: days(15), atMost: 20 }),
    points(-15, { on: PageViewed.with({ path: '/careers' }), atMost: 15 }),
    points(-10, { name: 'quiet', while: not(EmailOpened.happened({ within: days(30) })) }),
    points(-50, { on: Unsubscribed }),
  ],
  pain: [points(40, { on: DemoRequested, halfLife: days(90) })],
  grades: { A: 100, B: 75, C: 50, D: 'rest' },
});

let ids = 0;
const did = (name: string, at: number, properties: Behaviour['properties'] = {}): Behaviour => ({
  id: `e${(ids += 1)}`,
  name,
  at,
  properties,
});

describe('a dozen rules', () => {
  const behaviour = [
    did('pricing viewed', MONDAY),
    did('pricing viewed', MONDAY + 3_600_000),
    did('pricing viewed', MONDAY + 30 * DAY),
    did('content downloaded', MONDAY),
    did('webinar attended', MONDAY + 60 * DAY),
    did('email opened', MONDAY),
    did('page viewed', MONDAY, { path: '/careers' }),
    did('page viewed', MONDAY + DAY, { path: '/careers' }),
    did('page viewed', MONDAY + DAY, { path: '/' }),
    did('demo requested', MONDAY + 60 * DAY),
  ];
  const profile = { role: 'manager', country: 'ES', employees: 50, freeMail: false };

  test('the score is the sum of what each rule gives, with its reasons', () => {
    expect(scoreLead(model, { profile, behaviour }, MONDAY + 60 * DAY)).toEqual({
      total: 86.5625,
      dimensions: { fit: 45, engagement: 1.5625, pain: 40 },
      grade: 'B',
      because: [
        { rule: 'demo-requested', dimension: 'pain', points: 40, count: 1 },
        { rule: 'role=manager', dimension: 'fit', points: 20, count: 1 },
        { rule: 'employees>=50', dimension: 'fit', points: 15, count: 1 },
        { rule: 'content', dimension: 'engagement', points: 15, count: 2 },
        { rule: 'page-viewed(path=/careers)', dimension: 'engagement', points: -15, count: 2 },
        { rule: 'pricing-viewed', dimension: 'engagement', points: 11.25, count: 2 },
        { rule: 'country=ES', dimension: 'fit', points: 10, count: 1 },
        { rule: 'quiet', dimension: 'engagement', points: -10, count: 1 },
        { rule: 'email-opened', dimension: 'engagement', points: 0.3125, count: 1 },
      ],
      at: MONDAY + 60 * DAY,
    });
  });

  test('what has not happened yet gives nothing', () => {
    expect(
      scoreLead(model, { profile, behaviour }, MONDAY - 1).because.map(({ rule }) => rule),
    ).toEqual(['role=manager', 'employees>=50', 'country=ES', 'quiet']);
  });

  test('one prepared score answers for any instant, in any order', () => {
    const prepared = prepareScore(model, { profile, behaviour });
    for (const day of [90, 0, 29, 30, 31, 60, 59, -1, 400]) {
      const at = MONDAY + day * DAY;
      expect(prepared(at)).toEqual(scoreLead(model, { profile, behaviour }, at));
    }
  });

  test('the model is plain data', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

describe('one rule at a time', () => {
  const only = (...engagement: NonNullable<Parameters<typeof scoring>[0]['engagement']>) =>
    scoring({ fit: [], engagement });
  const total = (rules: ReturnType<typeof only>, behaviour: Behaviour[], at: number): number =>
    scoreLead(rules, { profile: {}, behaviour }, at).total;

  test('points halve every half-life', () => {
    const rules = only(points(16, { on: PricingViewed, halfLife: days(10) }));
    const behaviour = [did('pricing viewed', MONDAY)];
    expect([0, 10, 20, 40].map((day) => total(rules, behaviour, MONDAY + day * DAY))).toEqual([
      16, 8, 4, 1,
    ]);
  });

  test('the cap of a day ends with the UTC day', () => {
    const rules = only(points(10, { on: PricingViewed, atMostPerDay: 15 }));
    const midnight = Date.UTC(2026, 2, 3);
    const behaviour = [-3, -2, -1, 0].map((ms) => did('pricing viewed', midnight + ms));
    expect(total(rules, behaviour, midnight - 1)).toBe(15);
    expect(total(rules, behaviour, midnight)).toBe(25);
  });

  test('the cap of a rule holds at any instant and leaves decay alone below it', () => {
    const rules = only(points(10, { on: PricingViewed, halfLife: days(10), atMost: 15 }));
    const behaviour = [0, 1, 2, 3].map((ms) => did('pricing viewed', MONDAY + ms));
    expect(total(rules, behaviour, MONDAY + 3)).toBe(15);
    expect(total(rules, behaviour, MONDAY + 20 * DAY)).toBeCloseTo(10, 3);
  });

  test('negative points are capped by size', () => {
    const rules = only(points(-10, { on: PricingViewed, atMost: 15 }));
    const behaviour = [0, 1].map((ms) => did('pricing viewed', MONDAY + ms));
    expect(total(rules, behaviour, MONDAY + 1)).toBe(-15);
  });

  test('absence begins one millisecond after its span', () => {
    const rules = only(points(-5, { while: not(EmailOpened.happened({ within: days(30) })) }));
    const prepared = prepareScore(rules, { profile: {}, behaviour: [did('email opened', MONDAY)] });
    expect(prepared(MONDAY + 30 * DAY).total).toBe(0);
    expect(prepared(MONDAY + 30 * DAY + 1).total).toBe(-5);
    expect(prepared(MONDAY - 1).total).toBe(-5);
  });

  test('machine-made behaviour gives nothing, neither points nor presence', () => {
    const rules = only(
      points(5, { on: EmailOpened }),
      points(7, { while: EmailOpened.happened() }),
    );
    const opened = { ...did('email opened', MONDAY), suspectedBot: true };
    expect(total(rules, [opened], MONDAY)).toBe(0);
  });

  test('an event of the same id from another source is another event', () => {
    const rules = only(points(5, { on: EmailOpened }));
    const opened = did('email opened', MONDAY);
    const rows = [
      { ...opened, source: 'web' },
      { ...opened, source: 'app' },
      { ...opened, source: 'app' },
    ];
    expect(scoreLead(rules, { profile: {}, behaviour: rows }, MONDAY).total).toBe(10);
  });
});

const behaviours = fc.array(
  fc.record({
    id: fc.nat(40).map(String),
    name: fc.constantFrom('pricing viewed', 'email opened', 'content downloaded', 'other'),
    at: fc.integer({ min: MONDAY, max: MONDAY + 100 * DAY }),
    properties: fc.constant({}),
    suspectedBot: fc.boolean(),
  }),
  { maxLength: 30 },
);
/** What a store holds: each id once. */
const recorded = behaviours.map((all) => [...new Map(all.map((each) => [each.id, each])).values()]);

property.prop([
  recorded.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.subarray(all),
    ),
  ),
  fc.integer({ min: MONDAY, max: MONDAY + 200 * DAY }),
])('same events in any order, any number of times: same score', ([all, shuffled, again], at) => {
  const profile = { role: 'manager' };
  expect(scoreLead(model, { profile, behaviour: [...shuffled, ...again] }, at)).toEqual(
    scoreLead(model, { profile, behaviour: all }, at),
  );
});

property.prop([recorded, fc.integer({ min: MONDAY, max: MONDAY + 200 * DAY })])(
  'what happens later never changes the score of an instant',
  (all, at) => {
    const before = all.filter((each) => each.at <= at);
    expect(scoreLead(model, { profile: {}, behaviour: all }, at)).toEqual(
      scoreLead(model, { profile: {}, behaviour: before }, at),
    );
  },
);

test('every mistake in a model is said at once', () => {
  const build = () =>
    scoring({
      fit: [
        points(0, { while: Lead.is({ country: 'ES' }) }),
        points(5, { name: 'hot', while: score.above(10) }),
        points(5, { while: check('own', () => true) }),
      ],
      engagement: [
        points(5, { on: PricingViewed, atMost: 0 }),
        points(6, { on: PricingViewed }),
        points(7, { on: EmailOpened.happened(), name: 'opened' }),
      ],
      grades: { A: 10, B: 10 },
    });
  expect(build).toThrowErrorMatchingInlineSnapshot(`
    [ScoringDefinitionError: The scoring model cannot be used:
      fit › country=ES: expected points other than 0, received 0. Drop the rule if it gives none. [invalid-argument]
      fit › hot: expected no condition on the score itself, received hot. Use \`grades\` instead. [invalid-argument]
      fit › own: expected no own check, received own. A score is computed without asking the world. [invalid-argument]
      engagement › pricing-viewed: expected atMost of more than 0, received 0. Leave it out for no limit. [invalid-argument]
      engagement › pricing-viewed: expected a name of its own, received pricing-viewed. Two rules have it: give one a \`name\`. [duplicate-id]
      engagement › opened: expected \`on\` to be made of events, received opened. Use \`while\` for what is so for a time. [invalid-argument]
      grades › B: expected a lowest total of its own, received 10. It is that of A too. [invalid-argument]]
  `);
});

test('a model of many indicators is advised against', () => {
  const rules = (count: number) =>
    scoring({
      fit: [],
      engagement: Array.from({ length: count }, (_, i) =>
        points(1, { on: PricingViewed, name: `r${i}` }),
      ),
    });
  expect(reviewModel(rules(15))).toEqual([]);
  expect(reviewModel(rules(16))[0]).toContain('[many-indicators]');
  expect(reviewModel(rules(26))[0]).toContain('[too-many-indicators]');
});

test('a threshold is searched in a lead with much behaviour at no great cost', () => {
  const behaviour = Array.from({ length: 2_000 }, (_, i) =>
    did('pricing viewed', MONDAY + i * 3_600_000),
  );
  const prepared = prepareScore(model, { profile: {}, behaviour });
  const began = performance.now();
  for (let i = 0; i < 10_000; i += 1) prepared(MONDAY + 100 * DAY + i * 60_000);
  expect(performance.now() - began).toBeLessThan(1_000);
});
