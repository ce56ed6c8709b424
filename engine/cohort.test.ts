/** The scheduler: who is due, who is parked, and that neither splitting nor company changes a life. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  compile,
  event,
  hours,
  journey,
  lead,
  setStage,
  step,
  type Step,
  tryCompile,
  until,
  waitFor,
  waitHours,
} from '../dsl/index.ts';
import type { Plan } from '../dsl/plan.ts';
import { anyJourney, EVENTS } from '../test/any-journey.ts';
import { ENTRY, type Happens, HOUR, play, waysIn } from '../test/tiny-host.ts';
import type { CohortItem, EnrolItem } from './items.ts';
import { Cohort } from './cohort.ts';
import { PlanMissingError } from './plan-missing-error.ts';

const Lead = lead(z.object({ name: z.string() }));
const Booked = event('booked');
const planOf = (...steps: readonly Step[]) => compile(journey('tried', { lead: Lead }, steps));
const UNKNOWN = { kind: 'fromTheFuture', args: {}, next: { done: null }, scopes: [] };
const ALONE = { tickMs: 1, spreadMs: 0 };

const enrol = (run = 'ana', at = ENTRY): EnrolItem => ({
  type: 'enrol',
  run,
  lead: `lead of ${run}`,
  plan: 'hash',
  zone: 'UTC',
  at,
});
const happened = (at: number, run = 'ana', name = 'booked'): CohortItem => ({
  type: 'happened',
  run,
  happening: { id: `${name} at ${at}`, name, at },
});
const merged = (at: number, run = 'ana'): CohortItem => ({
  type: 'end',
  run,
  reason: 'merged',
  at,
});

/** Says yes to every request; what was asked, by person and hour. */
function answerAll(cohort: Cohort): string[] {
  const said: string[] = [];
  for (let all = cohort.takeRequests(); all.length > 0; all = cohort.takeRequests()) {
    for (const asked of all) {
      const { request } = asked;
      said.push(`${asked.run.id} ${(asked.at - ENTRY) / HOUR}h ${request.type}`);
      cohort.answer(
        asked,
        request.type === 'decide'
          ? { type: 'decide', verdicts: request.questions.map(() => ({ holds: false })) }
          : request.type === 'own'
            ? { type: 'own' }
            : { type: 'effect', answer: { verdict: 'done' } },
        true,
      );
    }
  }
  return said;
}
/** Who is where. */
const standing = (cohort: Cohort): string[] =>
  [...cohort.positions()].map(
    ({ run, parked }) => `${run.id} ${parked === undefined ? 'at' : 'parked at'} ${run.step}`,
  );
const ends = (cohort: Cohort) =>
  cohort
    .takeMoves()
    .map(({ position: { run }, at, end }) => [run.id, (at - ENTRY) / HOUR, end ?? run.step]);

describe('what lies in the future', () => {
  const plan = planOf(waitHours(2), setStage('a'));

  test('is kept for its instant', () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol('ana', ENTRY + HOUR)], ENTRY);
    expect(cohort.size).toBe(1);
    expect(cohort.nextWake()).toBe(ENTRY + HOUR);
    cohort.wake(ENTRY + HOUR);
    expect(cohort.nextWake()).toBe(ENTRY + 3 * HOUR);
  });

  test('is taken in the order in which it occurs', () => {
    const cohort = new Cohort(() => planOf(waitFor(Booked, { upTo: hours(9) })), ALONE);
    const [entry, booking] = [ENTRY + HOUR, ENTRY + HOUR + 10_000];
    cohort.accept([happened(booking), enrol('ana', entry)], ENTRY);
    cohort.wake(ENTRY + HOUR + 20_000);
    expect(cohort.takeMoves().at(-1)).toMatchObject({ at: booking, end: 'completed' });
  });

  test('never comes where the person was merged before', () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol('ana', ENTRY + HOUR)], ENTRY);
    cohort.accept([merged(ENTRY)], ENTRY);
    expect(ends(cohort)).toEqual([['ana', 0, 'merged']]);
    expect(cohort.size).toBe(0);
    cohort.accept([enrol('ana', ENTRY + HOUR)], ENTRY + HOUR);
    expect(cohort.size).toBe(0);
  });
});

describe('late', () => {
  const plan = planOf(waitHours(1), setStage('a'), waitHours(1));

  test.each([
    ['by seconds, people act at the instant that they were due', 20_000, ENTRY + HOUR],
    ['by hours, they act now', 5 * HOUR, ENTRY + 6 * HOUR],
  ])('%s', (_, late, at) => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol()], ENTRY);
    cohort.wake(ENTRY + HOUR + late);
    const [asked] = cohort.takeRequests();
    expect(asked?.at).toBe(at);
  });

  test('by seconds, an event from after the limit does not count for the wait', () => {
    const wait = planOf(
      waitFor(Booked, { upTo: hours(1), yes: [setStage('yes')], no: [setStage('no')] }),
    );
    const cohort = new Cohort(() => wait, ALONE);
    cohort.accept([enrol()], ENTRY);
    cohort.accept([happened(ENTRY + HOUR + 5_000)], ENTRY + HOUR + 6_000);
    cohort.wake(ENTRY + HOUR + 6_000);
    expect(answerAll(cohort)).toEqual(['ana 1h decide', 'ana 1h effect']);
  });

  test('entries begin at the instant of entry', () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol('ana', ENTRY)], ENTRY + 3 * HOUR);
    expect(cohort.nextWake()).toBe(ENTRY + 4 * HOUR);
    expect(cohort.state().positions[0]?.run.entered).toBe(ENTRY);
  });
});

describe('ticks', () => {
  test('bring people together who are due at different seconds', () => {
    const cohort = new Cohort(() => planOf(waitHours(1), setStage('a')), {
      tickMs: 60_000,
      spreadMs: 0,
    });
    cohort.accept([enrol('ana', ENTRY - 50_000), enrol('ben', ENTRY - 10_000)], ENTRY);
    expect(cohort.nextWake()).toBe(ENTRY + HOUR);
    cohort.wake(ENTRY + HOUR);
    expect(cohort.takeRequests().map(({ run, at }) => [run.id, at])).toEqual([
      ['ana', ENTRY + HOUR],
      ['ben', ENTRY + HOUR],
    ]);
  });
});

describe('entries and ends', () => {
  const plan = planOf(waitHours(1), setStage('a'));

  test('come at least once, and count once', () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol(), enrol()], ENTRY);
    cohort.wake(ENTRY + HOUR);
    expect(answerAll(cohort)).toEqual(['ana 1h effect']);
    cohort.accept([enrol()], ENTRY + 2 * HOUR);
    cohort.accept([merged(ENTRY + 2 * HOUR)], ENTRY + 2 * HOUR);
    cohort.accept([happened(ENTRY + 2 * HOUR)], ENTRY + 2 * HOUR);
    expect(cohort.size).toBe(0);
    expect(answerAll(cohort)).toEqual([]);
  });

  test('a merge ends a wait', () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol()], ENTRY);
    cohort.takeMoves();
    cohort.accept([merged(ENTRY + HOUR / 2)], ENTRY + HOUR / 2);
    expect(ends(cohort)).toEqual([['ana', 0.5, 'merged']]);
    expect(cohort.nextWake()).toBeUndefined();
  });

  test('a merge in the middle of a question is not put off, and the answer is for nobody', () => {
    const cohort = new Cohort(
      () =>
        planOf(
          step('own', () => undefined),
          setStage('a'),
        ),
      ALONE,
    );
    cohort.accept([enrol()], ENTRY);
    const [asked] = cohort.takeRequests();
    cohort.accept([merged(ENTRY + HOUR)], ENTRY + HOUR);
    expect(ends(cohort)).toEqual([['ana', 1, 'merged']]);
    if (asked !== undefined) cohort.answer(asked, { type: 'own' }, false);
    expect(cohort.takeRequests()).toEqual([]);
    expect(cohort.size).toBe(0);
  });
});

describe('while the world thinks', () => {
  const plan = planOf(
    until(Booked, [step('own', () => undefined), waitHours(5), setStage('a')], {
      met: [setStage('met')],
    }),
  );
  const begin = () => {
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol()], ENTRY);
    const [asked] = cohort.takeRequests();
    if (asked === undefined) throw new Error('The own step asks.');
    return { cohort, asked };
  };

  test('what happens waits, and keeps its own instant', () => {
    const { cohort, asked } = begin();
    cohort.accept([happened(ENTRY + HOUR)], ENTRY + HOUR);
    expect(cohort.takeRequests()).toEqual([]);
    cohort.answer(asked, { type: 'own' }, false);
    expect(answerAll(cohort)).toEqual(['ana 1h effect']);
  });

  test('an answer that took seconds leads on from the question, one that took hours from now', () => {
    const quick = begin();
    quick.cohort.answer(quick.asked, { type: 'own' }, false, ENTRY + 9_000);
    expect(quick.cohort.nextWake()).toBe(ENTRY + 5 * HOUR);
    const slow = begin();
    slow.cohort.answer(slow.asked, { type: 'own' }, false, ENTRY + 2 * HOUR);
    expect(slow.cohort.nextWake()).toBe(ENTRY + 7 * HOUR);
  });

  test('a refusal parks the run, and a retry asks again under the same key', () => {
    const { cohort, asked } = begin();
    cohort.refuse(asked, 'no such host');
    expect(cohort.takeMoves()).toMatchObject([{ position: { parked: { error: 'no such host' } } }]);
    expect(standing(cohort)).toEqual(['ana parked at step:own']);
    cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + HOUR);
    const [again] = cohort.takeRequests();
    expect(again?.request).toEqual(asked.request);
    expect(again?.run.requests).toBe(asked.run.requests);
    expect(again?.at).toBe(ENTRY + HOUR);
  });
});

describe('a run that cannot go on', () => {
  const good = planOf(waitHours(1), setStage('a'), waitHours(1), setStage('b'));
  const spoilt: Plan = {
    ...good,
    nodes: {
      ...good.nodes,
      'stage:a': UNKNOWN,
    },
  };

  const parked = () => {
    let plan = spoilt;
    const cohort = new Cohort((hash) => (hash === 'good' ? good : plan), ALONE);
    cohort.accept([enrol('ana'), { ...enrol('ben'), plan: 'good' }], ENTRY);
    cohort.wake(ENTRY + HOUR);
    return { cohort, repair: () => (plan = good) };
  };

  test('is parked with its error, and the others go on', () => {
    const { cohort } = parked();
    expect(answerAll(cohort)).toEqual(['ben 1h effect']);
    expect(cohort.takeMoves().find(({ position }) => position.parked)).toMatchObject({
      position: {
        run: { id: 'ana' },
        parked: { error: expect.stringContaining('[unknown-step-kind]') },
      },
    });
    expect(cohort.size).toBe(2);
    expect(cohort.nextWake()).toBe(ENTRY + 2 * HOUR);
  });

  test('takes up where it stood when it is retried, and is parked again until it is sound', () => {
    const { cohort, repair } = parked();
    answerAll(cohort);
    cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + 3 * HOUR);
    expect(answerAll(cohort)).toEqual([]);
    repair();
    cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + 4 * HOUR);
    expect(answerAll(cohort)).toEqual(['ana 4h effect']);
    expect(standing(cohort)).toEqual(['ana at wait:1h#2', 'ben at wait:1h#2']);
  });

  test('keeps its place through a new run of the workflow', () => {
    const { cohort } = parked();
    answerAll(cohort);
    const next = new Cohort(() => good, ALONE, JSON.parse(JSON.stringify(cohort.state())));
    next.accept([{ type: 'retry', run: 'ana' }], ENTRY + 4 * HOUR);
    expect(answerAll(next)).toEqual(['ana 4h effect']);
  });

  test('hears after the retry what happened meanwhile', () => {
    const sound = planOf(
      until(Booked, [waitHours(1), setStage('a'), waitHours(9)], { met: [setStage('met')] }),
    );
    let plan: Plan = { ...sound, nodes: { ...sound.nodes, 'stage:a': UNKNOWN } };
    const cohort = new Cohort(() => plan, ALONE);
    cohort.accept([enrol()], ENTRY);
    cohort.wake(ENTRY + HOUR);
    cohort.accept([happened(ENTRY + 2 * HOUR)], ENTRY + 2 * HOUR);
    const next = new Cohort(() => plan, ALONE, JSON.parse(JSON.stringify(cohort.state())));
    plan = sound;
    next.accept([{ type: 'retry', run: 'ana' }], ENTRY + 3 * HOUR);
    expect(answerAll(next)).toEqual(['ana 3h effect', 'ana 3h effect']);
    expect(standing(next)).toEqual([]);
  });

  test('is one move for the store, however much it hears at once', () => {
    const { cohort } = parked();
    answerAll(cohort);
    cohort.takeMoves();
    const many = Array.from({ length: 50 }, (_, i) => happened(ENTRY + 2 * HOUR + i));
    cohort.accept(many, ENTRY + 3 * HOUR);
    const moves = cohort.takeMoves();
    expect(moves.map(({ position }) => position.waiting?.length)).toEqual([2]);
  });

  test('stays parked for the store until what follows a retry is recorded', () => {
    const { cohort, repair } = parked();
    answerAll(cohort);
    cohort.takeMoves();
    repair();
    cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + 4 * HOUR);
    expect(cohort.takeMoves()).toEqual([]);
    expect(answerAll(cohort)).toEqual(['ana 4h effect']);
  });

  test('is still woken where the input that it could not take had nothing to do with its wait', () => {
    let kind = 'other';
    const base = planOf(waitHours(5), setStage('a'));
    const plan = () => ({ ...base, rules: { ...base.rules, goal: { kind } } }) as Plan;
    const cohort = new Cohort(() => (kind === '' ? base : plan()), ALONE);
    kind = '';
    cohort.accept([enrol()], ENTRY);
    kind = 'other';
    cohort.accept([happened(ENTRY + HOUR)], ENTRY + HOUR);
    expect(cohort.nextWake()).toBeUndefined();
    kind = '';
    cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + 2 * HOUR);
    expect(cohort.nextWake()).toBe(ENTRY + 5 * HOUR);
  });

  test('can be merged away', () => {
    const { cohort } = parked();
    answerAll(cohort);
    cohort.takeMoves();
    cohort.accept([merged(ENTRY + 2 * HOUR)], ENTRY + 2 * HOUR);
    expect(ends(cohort)).toEqual([['ana', 2, 'merged']]);
    expect(cohort.size).toBe(1);
  });

  test('a plan that this worker lacks stops the cohort, not the person', () => {
    const cohort = new Cohort(() => {
      throw new PlanMissingError('gone');
    }, ALONE);
    expect(() => cohort.accept([enrol()], ENTRY)).toThrow(PlanMissingError);
  });
});

const SECOND = 1_000;
const who = ['ana', 'ben', 'eva'] as const;
const happens: fc.Arbitrary<Happens> = fc
  .record({
    who: fc.constantFrom(...who),
    // Whole hours, so that much coincides with the ends of waits.
    hour: fc.integer({ min: 0, max: 150 }),
    event: fc.constantFrom(...EVENTS),
    properties: fc.oneof(
      fc.constant({}),
      fc.record({ points: fc.integer({ min: -40, max: 90 }) }),
      fc.constant({ n: 1 }),
    ),
    late: fc.constantFrom(0, 0, 0, 0.001, 2),
    country: fc.option(fc.constantFrom('ES', 'MX'), { freq: 4 }),
    step: fc.option(fc.constantFrom('yes', 'never'), { freq: 4 }),
  })
  .map(({ country, step: what, ...each }) => ({
    ...each,
    ...(country === null ? {} : { profile: { country } }),
    ...(what === null ? {} : { news: { step: 'handoff:owner', what } }),
  }));

/** At night nothing leaves, and some messages are skipped. */
const answer: NonNullable<Parameters<typeof play>[1]>['answer'] = (effect, at, person) => {
  const hour = new Date(at).getUTCHours();
  if (hour < 8) return { verdict: 'defer', until: at + (8 - hour) * HOUR, reason: 'window' };
  if (effect.effect === 'email' && person === 'ben') return { verdict: 'skip', reason: 'cap' };
  return undefined;
};
const zone = fc.constantFrom('UTC', 'America/New_York', 'Europe/Madrid');
const script = fc.array(happens, { maxLength: 25 });

property.prop([anyJourney, script, zone, fc.infiniteStream(fc.boolean())], { numRuns: 300 })(
  'a cohort that goes on as a new one at any point leads everybody the same way',
  (tried, all, inZone, splits) => {
    if (tryCompile(tried).plan === undefined) return;
    const options = { people: who, happens: all, zone: inZone, answer };
    const whole = play(tried, options);
    const split = play(tried, { ...options, split: () => splits.next().value === true });
    expect(split).toEqual(whole);
  },
);

property.prop([anyJourney, script, zone, fc.infiniteStream(fc.boolean())], { numRuns: 300 })(
  'a cohort of which the positions alone are left leads everybody the same way',
  (tried, all, inZone, splits) => {
    if (tryCompile(tried).plan === undefined) return;
    // Whoever goes on from the store acts now, not seconds ago.
    const happens = all.map((each) => (each.late === 0.001 ? { ...each, late: 0 } : each));
    const options = { people: who, happens, zone: inZone, answer };
    const split = () => splits.next().value === true;
    expect(play(tried, { ...options, split, lose: true })).toEqual(play(tried, options));
    const ways = (of: Parameters<typeof waysIn>[1]) =>
      // Asked anew, the state that an event left is looked at; and one that holds is met at once, which
      // otherwise is met the next instant if it has just lost.
      Object.values(waysIn(tried, of)).map((each) =>
        each.map((way) => ({ ...way, looked: undefined, at: Math.round(way.at / SECOND) })),
      );
    expect(ways({ ...options, split, lose: true })).toEqual(ways(options));
  },
);

property.prop([anyJourney, script, zone], { numRuns: 300 })(
  'everybody lives the same in company and alone, to the end',
  (tried, all, inZone) => {
    if (tryCompile(tried).plan === undefined) return;
    const together = play(tried, { people: who, happens: all, zone: inZone, answer });
    for (const person of who) {
      const own = all.filter((each) => each.who === person);
      const alone = play(tried, { people: [person], happens: own, zone: inZone, answer });
      expect(alone[person]).toEqual(together[person]);
      expect(together[person]?.at(-1)).toMatch(/ end (completed|goal|exit)$/);
    }
  },
);

property.prop([anyJourney, script], { numRuns: 200 })(
  'an event that comes again hours later changes nothing',
  (tried, all) => {
    if (tryCompile(tried).plan === undefined) return;
    const prompt = all.map((each, i) => {
      const { news: _, ...rest } = each;
      return { ...rest, late: 0, id: `e${i}` };
    });
    // It carries the same id and instant each time.
    const again = prompt.flatMap((each, i) =>
      i % 2 === 0 ? [each, { ...each, late: 3 }] : [each],
    );
    const options = { people: who, answer };
    expect(play(tried, { ...options, happens: again })).toEqual(
      play(tried, { ...options, happens: prompt }),
    );
  },
);
