import { expect, test } from 'vitest';
import * as z from 'zod';
import { letter, nineTouches, racedTouches } from '../../test/nine-touches.ts';
import {
  after,
  all,
  any,
  callTask,
  check,
  compile,
  days,
  email,
  enrolIn,
  event,
  exit,
  handoffToSales,
  hours,
  html,
  ifScoreAbove,
  journey,
  lead,
  onDay,
  owner,
  printText,
  score,
  sendEmail,
  setField,
  setStage,
  step,
  type Step,
  tryCompile,
  until,
  waitDays,
  waitFor,
  waitHours,
  waitUntil,
  weekdays,
  when,
} from '../index.ts';

const Lead = lead(z.object({ name: z.string(), country: z.enum(['ES', 'MX']) }));
const MeetingBooked = event('Meeting Booked');
const PricingViewed = event('Pricing Viewed', z.object({ plan: z.string() }));

type ForLead = Step<{ name: string; country: 'ES' | 'MX' }>;
const planOf = (steps: readonly ForLead[], rules: object = {}) =>
  compile(journey('tried', { lead: Lead, ...rules }, steps));
const idsOf = (...steps: readonly ForLead[]) => Object.keys(planOf(steps).nodes).sort();
const problemsOf = (...steps: readonly ForLead[]) =>
  tryCompile(journey('tried', { lead: Lead }, steps)).problems;

test('the nine touches compile to a line of steps', () => {
  expect(printText(compile(nineTouches))).toMatchInlineSnapshot(`
    "nine-touches 1c894d45489efd43
      reenter: never
      inFlight: pin
      day:1: day 1 → email:intro
      email:intro: email intro → day:10
      day:10: day 10 → email:related
      email:related: email related → day:15
      day:15: day 15 → email:from-seller
      email:from-seller: email from-seller → day:30
      day:30: day 30 → email:whitepaper
      email:whitepaper: email whitepaper → day:45
      day:45: day 45 → call:check-in
      call:check-in: call check-in → day:60
      day:60: day 60 → email:webinars
      email:webinars: email webinars → day:75
      day:75: day 75 → email:demo
      email:demo: email demo → day:85
      day:85: day 85 → call:meeting
      call:meeting: call meeting → day:90
      day:90: day 90 → email:proposal
      email:proposal: email proposal → end"
  `);
});

test('a race compiles to a block, with where people go on', () => {
  expect(printText(compile(racedTouches))).toMatchInlineSnapshot(`
    "raced-touches 78f81e64a9df3f59
      reenter: never
      inFlight: pin
      until:pricing-viewed|score>70: until pricing-viewed|score>70
        begin → day:1
        met → met/email:demo-now
        notMet → notMet/if:score>40
      day:1: day 1 → email:intro  [until:pricing-viewed|score>70]
      email:intro: email intro → day:10  [until:pricing-viewed|score>70]
      day:10: day 10 → email:related  [until:pricing-viewed|score>70]
      email:related: email related → day:15  [until:pricing-viewed|score>70]
      day:15: day 15 → email:from-seller  [until:pricing-viewed|score>70]
      email:from-seller: email from-seller → day:30  [until:pricing-viewed|score>70]
      day:30: day 30 → email:whitepaper  [until:pricing-viewed|score>70]
      email:whitepaper: email whitepaper → day:45  [until:pricing-viewed|score>70]
      day:45: day 45 → call:check-in  [until:pricing-viewed|score>70]
      call:check-in: call check-in → day:60  [until:pricing-viewed|score>70]
      day:60: day 60 → email:webinars  [until:pricing-viewed|score>70]
      email:webinars: email webinars → day:75  [until:pricing-viewed|score>70]
      day:75: day 75 → email:demo  [until:pricing-viewed|score>70]
      email:demo: email demo → day:85  [until:pricing-viewed|score>70]
      day:85: day 85 → call:meeting  [until:pricing-viewed|score>70]
      call:meeting: call meeting → day:90  [until:pricing-viewed|score>70]
      day:90: day 90 → email:proposal  [until:pricing-viewed|score>70]
      email:proposal: email proposal → notMet/if:score>40  [until:pricing-viewed|score>70]
      met/email:demo-now: email demo-now → met/handoff:owner
      met/handoff:owner: handoff to owner, 48 h
        yes → end
        maybe → end
        never → end
        late → end
      notMet/if:score>40: if score>40
        yes → notMet/yes/handoff:owner
        no → notMet/no/wait:30d
      notMet/yes/handoff:owner: handoff to owner, 48 h
        yes → end
        maybe → end
        never → end
        late → end
      notMet/no/wait:30d: wait 30 days → end"
  `);
});

test('ids come from keys, are numbered where they repeat, and carry the branch', () => {
  expect(
    idsOf(
      waitDays(2),
      waitDays(2),
      when(MeetingBooked, { yes: [waitDays(2)], no: [waitDays(2), waitDays(2)] }),
      when(PricingViewed, { yes: [waitDays(2)] }),
      onDay(9, setStage('mql')),
    ),
  ).toEqual([
    'day:9',
    'if:meeting-booked',
    'if:pricing-viewed',
    'no/wait:2d',
    'no/wait:2d#2',
    'stage:mql',
    'wait:2d',
    'wait:2d#2',
    'yes/wait:2d',
    'yes/wait:2d#2',
  ]);
});

test('ids of the author are taken as they are, and prefix what stands in their branches', () => {
  expect(
    idsOf(
      waitDays(2, { id: 'pause' }),
      when(MeetingBooked, {
        id: 'booked',
        yes: [waitDays(2), waitDays(1, { id: 'short' })],
        no: [ifScoreAbove(3, { yes: [waitDays(4)] })],
      }),
    ),
  ).toEqual([
    'booked',
    'booked/no/if:score>3',
    'booked/no/yes/wait:4d',
    'booked/yes/wait:2d',
    'pause',
    'short',
  ]);
});

test('a threshold can be edited without moving the people behind it', () => {
  const branch = (points: number) => idsOf(ifScoreAbove(points, { yes: [waitDays(4)] }));
  expect(branch(70)).toContain('yes/wait:4d');
  expect(branch(60)).toContain('yes/wait:4d');
});

test('one step value in several places has an id in each', () => {
  const pause = waitDays(2);
  const named = waitHours(3, { id: 'named' });
  const plan = planOf([pause, named, pause, named]);
  expect(plan.start).toBe('wait:2d');
  expect(plan.nodes['wait:2d']?.next).toEqual({ done: 'named' });
  expect(plan.nodes['named']?.next).toEqual({ done: 'wait:2d#2' });
  expect(plan.nodes['wait:2d#2']?.next).toEqual({ done: 'named#2' });
  expect(plan.nodes['named#2']?.next).toEqual({ done: null });
});

test('outcomes without steps go on after the step, at any depth', () => {
  const plan = planOf([
    when(MeetingBooked, {
      yes: [when(PricingViewed, { yes: [], no: [waitDays(1)] })],
      no: [],
    }),
    waitDays(9),
  ]);
  expect(plan.nodes['if:meeting-booked']?.next).toEqual({
    yes: 'yes/if:pricing-viewed',
    no: 'wait:9d',
  });
  expect(plan.nodes['yes/if:pricing-viewed']?.next).toEqual({
    yes: 'wait:9d',
    no: 'yes/no/wait:1d',
  });
});

test('blocks three deep know all that they stand in, outermost first', () => {
  const plan = planOf([
    until(
      MeetingBooked,
      [
        until(
          PricingViewed,
          [until(score.above(70), [waitDays(1)], { met: [waitDays(2)] }), waitDays(3)],
          { met: [waitDays(4)] },
        ),
      ],
      { notMet: [waitDays(5)] },
    ),
    waitDays(6),
  ]);
  expect(printText(plan)).toMatchInlineSnapshot(`
    "tried 07e8713ccd88e0d9
      reenter: never
      inFlight: pin
      until:meeting-booked: until meeting-booked
        begin → until:pricing-viewed
        met → wait:6d
        notMet → notMet/wait:5d
      until:pricing-viewed: until pricing-viewed
        begin → until:score>70
        met → met/wait:4d
        notMet → notMet/wait:5d  [until:meeting-booked]
      until:score>70: until score>70
        begin → wait:1d
        met → met/wait:2d
        notMet → wait:3d  [until:meeting-booked › until:pricing-viewed]
      wait:1d: wait 1 day → wait:3d  [until:meeting-booked › until:pricing-viewed › until:score>70]
      met/wait:2d: wait 2 days → wait:3d  [until:meeting-booked › until:pricing-viewed]
      wait:3d: wait 3 days → notMet/wait:5d  [until:meeting-booked › until:pricing-viewed]
      met/wait:4d: wait 4 days → notMet/wait:5d  [until:meeting-booked]
      notMet/wait:5d: wait 5 days → wait:6d
      wait:6d: wait 6 days → end"
  `);
});

test('a block that is over before its trigger goes on to notMet', () => {
  const plan = planOf([
    until(MeetingBooked, [waitDays(1)], { met: [waitDays(2)], notMet: [waitDays(3)] }),
    waitDays(4),
  ]);
  expect(plan.nodes['wait:1d']?.next).toEqual({ done: 'notMet/wait:3d' });
  expect(plan.nodes['notMet/wait:3d']).toMatchObject({ next: { done: 'wait:4d' }, scopes: [] });
  expect(plan.nodes['until:meeting-booked']?.next).toEqual({
    begin: 'wait:1d',
    met: 'met/wait:2d',
    notMet: 'notMet/wait:3d',
  });
  expect(plan.nodes['met/wait:2d']?.next).toEqual({ done: 'wait:4d' });
});

test('branches that end lead nowhere, and the others go on', () => {
  const plan = planOf([when(MeetingBooked, { yes: [exit()] }), waitDays(4)]);
  expect(plan.nodes['yes/exit']?.next).toEqual({ done: null });
  expect(plan.nodes['if:meeting-booked']?.next).toEqual({ yes: 'yes/exit', no: 'wait:4d' });
});

test('rules, listened events and marks are part of the plan', () => {
  const plan = planOf(
    [
      waitDays(1, { id: 'begin' }),
      when(PricingViewed, { yes: [waitDays(1)] }),
      waitFor(all(MeetingBooked, Lead.is({ country: 'ES' })), { upTo: days(2), since: 'begin' }),
      handoffToSales({ to: owner, sla: hours(48) }),
    ],
    { goal: score.above(70), reenter: after(days(9)), sendWindow: weekdays('09:00', '18:00') },
  );
  expect(plan.listens).toEqual({
    events: ['handoff answered', 'meeting booked'],
    score: true,
    profile: true,
  });
  expect(plan.marks).toEqual(['begin']);
  expect(plan.rules).toEqual({
    goal: { kind: 'score', above: 70 },
    reenter: { policy: 'after', ms: 9 * 86_400_000 },
    sendWindow: { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
    inFlight: 'pin',
  });
});

test('a plan is JSON and nothing else', () => {
  const plan = compile(racedTouches);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

test('the hash is that of the structure: neither order of keys nor content counts', () => {
  const write = (subject: string) =>
    email('mail', { topic: 'nurture', subject: () => subject, body: () => html`${subject}` });
  const hashOf = (...steps: readonly ForLead[]) => planOf(steps).hash;
  const PlanViewed = event('Plan Viewed', z.object({ a: z.string(), b: z.number() }));

  expect(hashOf(sendEmail(write('Hi')))).toBe(hashOf(sendEmail(write('Hello'))));
  expect(hashOf(waitFor(PlanViewed.with({ a: 'x', b: 1 }), { upTo: days(1), yes: [] }))).toBe(
    hashOf(waitFor(PlanViewed.with({ b: 1, a: 'x' }), { yes: [], upTo: days(1) })),
  );
  expect(compile({ ...nineTouches, rules: { ...nineTouches.rules, cohortSize: 500 } }).hash).toBe(
    compile(nineTouches).hash,
  );
  const different = [
    hashOf(waitDays(1)),
    hashOf(waitDays(2)),
    hashOf(waitDays(1, { id: 'a' })),
    hashOf(waitDays(1), waitDays(2)),
    hashOf(waitDays(2), waitDays(1)),
    hashOf(sendEmail(write('Hi'))),
    hashOf(sendEmail(letter('mail'), { from: owner })),
    planOf([waitDays(1)], { goal: MeetingBooked }).hash,
    planOf([waitDays(1)], { inFlight: 'drain' }).hash,
  ];
  expect(new Set(different).size).toBe(different.length);
});

test('every problem is said, all at once', () => {
  const own = check('own', () => true);
  const broken = journey(
    'Trial Nurture',
    {
      lead: Lead,
      goal: own,
      exit: any(),
      reenter: after(days(0)),
      sendWindow: { days: [8], from: '9:00', to: '18:00' },
      cohortSize: 0,
      inFlight: 'adopt',
    },
    [
      waitDays(0, { id: 'has space' }),
      ifScoreAbove(Number.NaN, {
        yes: [waitHours(-1), waitUntil({ at: '25:00' }), waitUntil({ date: 'tomorrow' })],
        no: [waitDays(2, { id: 'twice' }), onDay(1.5, waitDays(3, { id: 'twice' }))],
      }),
      when(all(), { yes: [callTask(' ', { by: owner }), step('', () => undefined)] }),
      until(own, [], { met: [setStage('')] }),
      waitFor(PricingViewed.happened({ within: days(-1) }), { upTo: days(0), since: 'nowhere' }),
      waitFor(own, { upTo: days(1), since: 'until:own' }),
      when(Lead.is({ country: { oneOf: [] } }), { yes: [waitDays(1, { id: 'entry' })] }),
      waitDays(1, { id: 'wait:9d' }),
      handoffToSales({ to: owner, sla: hours(0) }),
      exit(),
      enrolIn('other'),
    ],
  );
  expect(() => compile(broken)).toThrowErrorMatchingInlineSnapshot(`
    [JourneyDefinitionError: Journey "Trial Nurture" cannot be compiled:
      journey: expected an id in kebab-case, received "Trial Nurture". It names the workflow type: keep it for ever. [invalid-id]
      journey: expected goal to be an event or a condition on lead, behaviour or score, received check own. Own code cannot be listened to: ask it with when(). [not-a-trigger]
      journey: expected any() of at least one condition, received none. It would never hold. [invalid-argument]
      journey: expected a reenter of more than 0, and an end, received 0. Use always. [invalid-argument]
      journey: expected a sendWindow of days and two different times like 09:00, received {"days":[8],"from":"9:00","to":"18:00"}. Use weekdays() or everyDay(). [invalid-argument]
      journey: expected inFlight to be pin or drain, received "adopt". Moving people under way to a changed journey is not possible yet: they finish the one they began. [invalid-argument]
      journey: expected a cohortSize from 1 to 1000, received 0. 1 for small programmes, 500 for audiences. [invalid-argument]
      step 1 has space: expected an id without spaces, / or #, received "has space". Ids made from keys use these. [invalid-id]
      step 1 has space: expected more than 0 and at most 365 days, received 0. Drop the step if no pause is meant. [invalid-argument]
      step 2 if:score>NaN: expected a finite number of points, received NaN. Name the threshold. [invalid-argument]
      step 2 if:score>NaN › yes › wait:-1h: expected more than 0 and at most 8760 hours, received -1. Drop the step if no pause is meant. [invalid-argument]
      step 2 if:score>NaN › yes › until:25:00: expected a time from 00:00 to 23:59, received "25:00". Write hours and minutes in two digits. [invalid-argument]
      step 2 if:score>NaN › yes › until:tomorrow: expected a date like 2027-01-07 or 2027-01-07T09:00, received "tomorrow". Write it so. [invalid-argument]
      step 2 if:score>NaN › no › twice: expected an id of its own, received "twice". Two steps have it: rename one. [duplicate-id]
      step 2 if:score>NaN › no › day:1.5: expected a whole day from 1 to 1000, received 1.5. Day 1 is the day of entry. [invalid-argument]
      step 2 if:score>NaN › no › day:1.5 › twice: expected an id of its own, received "twice". Two steps have it: rename one. [duplicate-id]
      step 3 if:: expected all() of at least one condition, received none. It would always hold. [invalid-argument]
      step 3 if: › yes › call: : expected what the call is for, received " ". Name it in a word. [invalid-argument]
      step 3 if: › yes › step:: expected a name, received "". Name the step in a word or two. [invalid-argument]
      step 4 until:own: expected until to be an event or a condition on lead, behaviour or score, received check own. Own code cannot be listened to: ask it with when(). [not-a-trigger]
      step 4 until:own: expected at least one step to race against, received none. Use waitFor() to wait for the trigger alone. [empty-journey]
      step 4 until:own › met › stage:: expected a stage, received "". Name it: mql, sql, customer… [invalid-argument]
      step 5 for:had:pricing-viewed<-1d: expected since to name a step of this journey, received "nowhere". Use 'entry' or a step's id. [unknown-step]
      step 5 for:had:pricing-viewed<-1d: expected within of more than 0, and an end, received -86400000. Leave it out for "ever". [invalid-argument]
      step 5 for:had:pricing-viewed<-1d: expected upTo of more than 0 and at most two years, received 0. Use when() to ask once. [invalid-argument]
      step 6 for:own: expected waitFor to be an event or a condition on lead, behaviour or score, received check own. Own code cannot be listened to: ask it with when(). [not-a-trigger]
      step 7 if:country=: expected country to be one of some values or within bounds, received {"oneOf":[]}. Name a value, oneOf(…), atLeast or atMost. [invalid-argument]
      step 7 if:country= › yes › entry: expected an id that means nothing else, received "entry". Name what the step does. [invalid-id]
      step 9 handoff:owner: expected an SLA of more than 0 and at most 366 days, received 0. hours(48) is usual. [invalid-argument]
      step 11 enrol:other: expected no step after the journey has ended, received enrol:other. Nobody passes exit: move it or drop it. [unreachable-step]]
  `);
  const codes = new Set(tryCompile(broken).problems.map(({ code }) => code));
  expect([...codes].sort()).toEqual(
    [
      'duplicate-id',
      'invalid-argument',
      'invalid-id',
      'not-a-trigger',
      'unknown-step',
      'unreachable-step',
      'empty-journey',
    ].sort(),
  );
});

test('a journey without steps and a field list without fields are refused', () => {
  expect(problemsOf().map(({ code }) => code)).toEqual(['empty-journey']);
  expect(tryCompile(journey('tried', { lead: Lead }, [setField({})])).problems).toMatchObject([
    { where: 'step 1 set:', code: 'invalid-argument' },
  ]);
});

test("an id of the author's own is his, whatever keys make", () => {
  expect(problemsOf(waitDays(2), waitHours(1, { id: 'wait:2d' }))).toMatchObject([
    { where: 'step 2 wait:2d', code: 'duplicate-id' },
  ]);
  expect(idsOf(waitHours(1, { id: 'wait:2d' }), waitDays(2))).toEqual(['wait:2d', 'wait:2d#2']);
});

test.each([
  ['a branch that ends whatever is decided', when(MeetingBooked, { yes: [exit()], no: [exit()] })],
  ['a day on which the journey ends', onDay(3, exit())],
  [
    'a race that both ways end',
    until(MeetingBooked, [waitDays(1)], { met: [exit()], notMet: [exit()] }),
  ],
  [
    'a handoff after which all is over',
    handoffToSales({
      to: owner,
      sla: hours(1),
      yes: [exit()],
      maybe: [exit()],
      never: [exit()],
      late: [exit()],
    }),
  ],
])('nothing can follow %s', (_, step) => {
  expect(problemsOf(step, waitDays(5))).toMatchObject([
    { where: 'step 2 wait:5d', code: 'unreachable-step' },
  ]);
  expect(problemsOf(step)).toEqual([]);
});

test('nothing can follow the end of a block', () => {
  const ended = until(MeetingBooked, [exit()], { notMet: [waitDays(1)] });
  expect(problemsOf(ended)).toMatchObject([{ received: 'wait:1d', code: 'unreachable-step' }]);
  // The trigger may still come first.
  expect(problemsOf(until(MeetingBooked, [exit()]), waitDays(2))).toEqual([]);
});

test('ids that conditions would make too long for indexes keep their beginning and a hash', () => {
  const of = (last: string) =>
    when(
      Lead.is({
        country: {
          oneOf: [...Array.from({ length: 130 }, (_, i) => `country-${i}`), last],
        } as never,
      }),
      { yes: [waitDays(1)] },
    );
  const [one, other] = idsOf(of('x'), of('y')).filter((id) => id.startsWith('if:'));
  expect(one).not.toBe(other);
  for (const id of [one, other]) expect(id).toMatch(/^if:country.*~[0-9a-f]{16}$/);
  expect(one?.length).toBe(400);
});

test('ids of authors that are too long for keys are refused', () => {
  const long = 'x'.repeat(1_200);
  const { problems } = tryCompile(journey(long, { lead: Lead }, [waitDays(1, { id: long })]));
  expect(problems).toMatchObject([
    { where: 'journey', expected: 'an id of at most 200 characters', code: 'invalid-id' },
    { expected: 'an id of at most 200 characters', code: 'invalid-id' },
  ]);
});
