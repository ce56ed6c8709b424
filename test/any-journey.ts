/** Journeys of any shape, for property tests: blocks in branches in blocks, ends anywhere. */
import * as fc from 'fast-check';
import * as z from 'zod';
import {
  days,
  enrolIn,
  event,
  exit,
  handoffToSales,
  hours,
  type Journey,
  journey,
  lead,
  not,
  notify,
  onDay,
  owner,
  score,
  sendEmail,
  step,
  type Step,
  until,
  waitDays,
  waitFor,
  waitHours,
  when,
} from '../dsl/index.ts';
import { letter } from './nine-touches.ts';

type AnyStep = Step<{ name: string; country?: string | undefined }>;

const Lead = lead(z.object({ name: z.string(), country: z.string().optional() }));

/** The events that journeys listen to. */
export const EVENTS = ['a happened', 'b happened', 'c happened'] as const;

const condition = fc.constantFrom(
  ...EVENTS.map((name) => event(name)),
  event(EVENTS[0], z.object({ n: z.number() })).with({ n: 1 }),
  event(EVENTS[1]).happened({ within: days(2) }),
  not(event(EVENTS[2]).happened()),
  score.above(50),
  score.below(10),
  Lead.is({ country: 'ES' }),
);

const leaf: fc.Arbitrary<AnyStep> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((n) => waitDays(n)),
  fc.integer({ min: 1, max: 30 }).map((n) => waitHours(n)),
  fc.constantFrom('x', 'y').map((id) => sendEmail(letter(id))),
  fc.constant(notify(owner)),
  fc.constant(enrolIn('other')),
  fc.constant(step('own', () => undefined)),
);

const { steps } = fc.letrec<{ step: AnyStep; steps: readonly AnyStep[] }>((tie) => ({
  steps: fc
    .tuple(fc.array(tie('step'), { maxLength: 3 }), fc.nat(9))
    .map(([list, end]) => (end === 0 ? [...list, exit()] : list)),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    // One day alone: days that go backwards do not compile.
    leaf.map((step) => onDay(4, step)),
    fc
      .tuple(condition, tie('steps'), tie('steps'))
      .map(([asked, yes, no]) => when(asked, { yes, no })),
    fc
      .tuple(condition, fc.integer({ min: 1, max: 60 }), fc.boolean(), tie('steps'), tie('steps'))
      .map(([trigger, upTo, since, yes, no]) =>
        waitFor(trigger, { upTo: hours(upTo), yes, no, ...(since ? { since: 'entry' } : {}) }),
      ),
    fc
      .tuple(condition, leaf, tie('steps'), tie('steps'), tie('steps'))
      .map(([trigger, first, rest, met, notMet]) =>
        until(trigger, [first, ...rest], { met, notMet }),
      ),
    fc
      .tuple(tie('steps'), tie('steps'), tie('steps'))
      .map(([yes, never, late]) => handoffToSales({ to: owner, sla: hours(20), yes, never, late })),
  ),
}));

const rule = fc.option(condition, { nil: undefined });

/** Some cannot be compiled: a step may follow the end of the journey. */
export const anyJourney: fc.Arbitrary<Journey<{ name: string; country?: string | undefined }>> = fc
  .tuple(leaf, steps, rule, rule)
  .map(([first, rest, goal, end]) =>
    journey('any-journey', { lead: Lead, goal, exit: end }, [first, ...rest]),
  );
