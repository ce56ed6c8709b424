/** What a person lives through, on the smallest host: races, limits, handoffs, deferrals. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  all,
  colleague,
  days,
  event,
  exit,
  handoffToSales,
  hours,
  type Journey,
  journey,
  lead,
  notify,
  onDay,
  owner,
  score,
  setStage,
  type Step,
  until,
  waitDays,
  waitFor,
  waitHours,
  when,
} from '../dsl/index.ts';
import {
  ENTRY,
  type Happens,
  HOUR,
  play,
  type TinyHostOptions,
  waysIn,
} from '../test/tiny-host.ts';

const Lead = lead(z.object({ country: z.string().optional() }));
const Booked = event('booked', z.object({ kind: z.string() }));
const Viewed = event('viewed');

type ForLead = Step<{ country?: string | undefined }>;
const story = (
  steps: readonly ForLead[],
  happens: readonly Happens[] = [],
  { goal, exit: end, ...options }: TinyHostOptions & { goal?: object; exit?: object } = {},
) => {
  return play(tried(steps, { goal, exit: end }), { happens, ...options })['ana'];
};
// Rules are given as the tests need them.
const tried = (steps: readonly ForLead[], rules: object = {}): Journey<never> =>
  journey(
    'tried',
    { lead: Lead, ...rules } as Parameters<typeof journey>[1],
    [...steps] as readonly Step[],
  );
const ways = (steps: readonly ForLead[], happens: readonly Happens[] = []) =>
  waysIn(tried(steps), { happens })['ana']?.map(
    ({ number, step, outcome, at, looked }) =>
      `${number} ${(at - ENTRY) / HOUR}h ${step} ${outcome}${looked === undefined ? '' : ` by ${JSON.stringify(looked['event'])}`}`,
  );
const booked = (hour: number, more: Partial<Happens> = {}): Happens => ({
  hour,
  event: 'booked',
  ...more,
});
const viewed = (hour: number, more: Partial<Happens> = {}): Happens => ({
  hour,
  event: 'viewed',
  ...more,
});
const points = (hour: number, count: number): Happens => ({
  hour,
  event: 'points',
  properties: { points: count },
});
const mark = (stage: string) => setStage(stage);

describe('of what is true at one instant', () => {
  const race = [
    until(
      Booked,
      [
        until(Booked, [waitFor(Booked, { upTo: days(9), yes: [mark('own')] })], {
          met: [mark('inner'), waitDays(1)],
        }),
      ],
      { met: [mark('outer')] },
    ),
  ];

  test('exit wins over goal', () => {
    expect(story(race, [booked(3)], { goal: Booked, exit: Booked })).toEqual(['3h end exit']);
  });

  test('goal wins over blocks', () => {
    expect(story(race, [booked(3)], { goal: Booked })).toEqual(['3h end goal']);
  });

  test('the innermost block wins over those around it, and over the step itself', () => {
    expect(story(race, [booked(3)])).toEqual(['3h stage inner', '27h end completed']);
  });

  test('an event that has served the inner block does not come again as a duplicate', () => {
    expect(story(race, [booked(3), booked(3, { id: 'event-0', late: 2 })])).toEqual([
      '3h stage inner',
      '27h end completed',
    ]);
  });

  test('another such event meets the outer block', () => {
    expect(story(race, [booked(3), booked(4)])).toEqual([
      '3h stage inner',
      '4h stage outer',
      '4h end completed',
    ]);
  });

  test('a state that lost to the inner block is met the next instant, if it lasts', () => {
    const inner = until(score.above(40), [waitDays(9)], { met: [mark('inner'), waitDays(1)] });
    const steps = [until(score.above(50), [inner], { met: [mark('outer')] })];
    expect(story(steps, [points(3, 60)])).toEqual([
      '3h stage inner',
      '3h stage outer',
      '3h end completed',
    ]);
    expect(story(steps, [points(3, 45)])?.[1]).toBe('27h end completed');
  });

  test('an event that met the inner block still counts for an outer one that needs another too', () => {
    const inner = until(Viewed, [waitDays(9)], { met: [mark('inner'), waitDays(1)] });
    const both = all(Viewed, Booked);
    expect(story([until(both, [inner], { met: [mark('outer')] })], [viewed(3), booked(4)])).toEqual(
      ['3h stage inner', '4h stage outer', '4h end completed'],
    );
  });

  test('conditions that need the store keep the order', () => {
    const asked = Booked.with({ kind: 'demo' });
    const steps = [
      until(asked, [until(asked, [waitDays(9)], { met: [mark('inner'), waitDays(1)] })], {
        met: [mark('outer')],
      }),
    ];
    const demo = booked(3, { properties: { kind: 'demo' } });
    expect(story(steps, [demo])).toEqual(['3h stage inner', '27h end completed']);
    expect(story(steps, [demo], { goal: Booked })).toEqual(['3h end goal']);
    expect(story(steps, [demo], { goal: asked, exit: Booked })).toEqual(['3h end exit']);
    expect(story(steps, [booked(3, { properties: { kind: 'call' } })])).toEqual([
      '216h end completed',
    ]);
  });

  test('what wins over an event is met by another one of the same instant, heard before or after', () => {
    const scoring = booked(3, { properties: { points: 1 } });
    const rules = { exit: score.above(50), goal: Viewed };
    expect(story(race, [scoring, viewed(3)], rules)).toEqual(['3h end goal']);
    expect(story(race, [viewed(3), scoring], rules)).toEqual(['3h end goal']);
  });
});

describe('a block', () => {
  const steps = [
    until(score.above(50), [waitDays(2), mark('in time')], {
      met: [mark('met')],
      notMet: [mark('not met')],
    }),
  ];

  test('is abandoned in the middle of a wait', () => {
    expect(story(steps, [points(7, 60)])).toEqual(['7h stage met', '7h end completed']);
  });

  test('that comes to its end goes on to notMet', () => {
    expect(story(steps)).toEqual(['48h stage in time', '48h stage not met', '48h end completed']);
  });

  test('whose state holds already is not begun', () => {
    expect(story([waitHours(1), ...steps], [points(0.5, 60)])).toEqual([
      '1h stage met',
      '1h end completed',
    ]);
  });

  test('does not count events from before it began', () => {
    expect(
      story(
        [waitHours(2), until(Booked, [waitHours(2)], { met: [mark('met')] })],
        [booked(1), booked(2)],
      ),
    ).toEqual(['4h end completed']);
  });

  test('is met by decay alone, at the instant of the crossing', () => {
    const low = [until(score.below(30), [waitDays(9)], { met: [mark('cold')] })];
    // 60 points halve in a day: 30 at 25 h, less one second later.
    const [cold] = story([waitHours(2), ...low], [points(1, 60)]) ?? [];
    expect(cold).toMatch(/^25(\.00\d)?h stage cold$/);
  });

  test('is met by decay later, where points come back in between', () => {
    const steps = [
      waitHours(2),
      until(all(score.below(30), Viewed), [waitDays(9)], { met: [mark('cold')] }),
    ];
    const [cold] = story(steps, [points(1, 60), points(24, 60), viewed(40)]) ?? [];
    expect(cold).toMatch(/^62\.\d+h stage cold$/);
  });
});

describe('waitFor', () => {
  const wait = [waitFor(Booked, { upTo: hours(5), yes: [mark('yes')], no: [mark('no')] })];

  test('goes on as soon as it happens', () => {
    expect(story(wait, [booked(3)])).toEqual(['3h stage yes', '3h end completed']);
  });

  test('gives up at its limit', () => {
    expect(story(wait, [booked(6)])).toEqual(['5h stage no', '5h end completed']);
  });

  test('takes an event at the very instant of the limit, even one that is heard of later', () => {
    expect(story(wait, [booked(5)])).toEqual(['5h stage yes', '5h end completed']);
  });

  test('does not take what happened before it began, or as it began', () => {
    expect(story([waitHours(2), ...wait], [booked(1), booked(2)])).toEqual([
      '7h stage no',
      '7h end completed',
    ]);
  });

  test('looks back to the entry, or to the beginning of another step', () => {
    const back = (since: string) => [
      waitHours(1, { id: 'first' }),
      waitHours(1, { id: 'second' }),
      waitFor(Booked, { upTo: hours(5), since, yes: [mark('yes')], no: [mark('no')] }),
    ];
    expect(story(back('entry'), [booked(0.5)])).toEqual(['2h stage yes', '2h end completed']);
    expect(story(back('second'), [booked(1.5)])).toEqual(['2h stage yes', '2h end completed']);
    expect(story(back('second'), [booked(0.5)])).toEqual(['7h stage no', '7h end completed']);
  });

  test('a second one is not met by the event of the first, nor by its duplicate', () => {
    expect(story([...wait, ...wait], [booked(3), booked(3, { id: 'event-0', late: 1 })])).toEqual([
      '3h stage yes',
      '8h stage no',
      '8h end completed',
    ]);
  });

  test('is met at once by a state that holds already, and later by one that comes', () => {
    const spain = [
      waitHours(1),
      waitFor(Lead.is({ country: 'ES' }), { upTo: hours(9), yes: [mark('yes')] }),
    ];
    const moves = (hour: number): Happens => ({
      hour,
      event: 'identified',
      profile: { country: 'ES' },
    });
    expect(story(spain, [moves(0.5)])?.[0]).toBe('1h stage yes');
    expect(story(spain, [moves(4)])?.[0]).toBe('4h stage yes');
    expect(story(spain)).toEqual(['10h end completed']);
  });

  test('asks the store about a payload', () => {
    const demo = [
      waitFor(Booked.with({ kind: 'demo' }), { upTo: hours(5), yes: [mark('yes')] }),
      mark('after'),
    ];
    const call = booked(2, { properties: { kind: 'call' } });
    expect(story(demo, [call])?.[0]).toBe('5h stage after');
    expect(story(demo, [call, booked(3, { properties: { kind: 'demo' } })])?.[0]).toBe(
      '3h stage yes',
    );
  });
});

describe('goal and exit', () => {
  test('end the journey in the middle of a wait, by event and by state', () => {
    expect(story([waitDays(9)], [booked(30)], { goal: Booked })).toEqual(['30h end goal']);
    expect(story([waitDays(9)], [points(30, 80)], { exit: score.above(70) })).toEqual([
      '30h end exit',
    ]);
  });

  test('that hold at the entry end it there', () => {
    expect(story([mark('never')], [], { goal: score.below(10) })).toEqual(['0h end goal']);
  });

  test('come by decay alone, though a block was met as both were first asked', () => {
    const steps = [until(score.above(50), [waitDays(9)], { met: [mark('hot'), waitDays(9)] })];
    const log = story(steps, [points(-1, 60)], { exit: score.below(20) });
    expect(log).toEqual(['0h stage hot', expect.stringMatching(/^37\.\d+h end exit$/)]);
  });

  test('an outer block too comes by decay alone, though the inner one was met first', () => {
    const steps = [
      until(
        score.below(20),
        [until(score.above(50), [waitDays(9)], { met: [mark('hot'), waitDays(9)] })],
        { met: [mark('cold')] },
      ),
    ];
    expect(story(steps, [points(-1, 60)])?.slice(0, 2)).toEqual([
      '0h stage hot',
      expect.stringMatching(/^37\.\d+h stage cold$/),
    ]);
  });
});

describe('a handoff', () => {
  const steps = [
    handoffToSales({
      to: owner,
      sla: hours(48),
      yes: [mark('yes')],
      maybe: [mark('maybe')],
      never: [mark('never')],
      late: [mark('late')],
    }),
  ];
  const answers = (hour: number, what: string, step = 'handoff:owner'): Happens => ({
    hour,
    event: 'handoff answered',
    news: { step, what },
  });

  test.each(['yes', 'maybe', 'never'])('takes the branch of the answer %s', (what) => {
    expect(story(steps, [answers(7, what)])).toEqual([
      '0h handoff',
      `7h stage ${what}`,
      '7h end completed',
    ]);
  });

  test('without an answer escalates, then is late', () => {
    expect(story(steps)).toEqual([
      '0h handoff',
      '48h escalate',
      '48h stage late',
      '48h end completed',
    ]);
  });

  test('takes an answer at the instant of the SLA', () => {
    expect(story(steps, [answers(48, 'maybe')])?.[1]).toBe('48h stage maybe');
    const known = story(steps, [], {
      answer: ({ effect }) =>
        effect === 'escalate' ? { verdict: 'done', news: 'never' } : undefined,
    });
    expect(known?.slice(1)).toEqual(['48h escalate', '48h stage never', '48h end completed']);
  });

  test('takes no answer after the SLA, whenever its cohort wakes', () => {
    const settings = { tickMs: 2 * HOUR, spreadMs: 0 };
    const short = [handoffToSales({ to: owner, sla: hours(1), yes: [mark('yes')] })];
    const at = (hour: number) => story(short, [answers(hour, 'yes')], { settings });
    expect(at(1)).toEqual(['0h handoff', '1h stage yes', '1h end completed']);
    expect(at(1.5)).toEqual(['0h handoff', '2h escalate', '2h end completed']);
  });

  test('that is answered by what ends the journey ends it, and by nothing that only names it', () => {
    const Answered = event('handoff answered', z.object({ to: z.string() }));
    const rest = ['7h stage yes', '7h end completed'];
    expect(story(steps, [answers(7, 'yes')], { goal: Answered })?.slice(1)).toEqual([
      '7h end goal',
    ]);
    const named = Answered.with({ to: 'ana' });
    expect(story(steps, [answers(7, 'yes')], { goal: named })?.slice(1)).toEqual(rest);
  });

  test('drops an answer that is unknown, comes late or is for another step', () => {
    const late = ['48h escalate', '48h stage late', '48h end completed'];
    expect(story(steps, [answers(7, 'perhaps')])?.slice(1)).toEqual(late);
    expect(story(steps, [answers(7, 'yes', 'handoff:other')])?.slice(1)).toEqual(late);
    expect(story([...steps, waitHours(9)], [answers(50, 'yes')])?.at(-1)).toBe('57h end completed');
  });
});

describe('an effect', () => {
  test('that is deferred is tried again then, and later steps move with it', () => {
    const first = ENTRY + 3 * HOUR;
    const log = story([mark('a'), waitHours(1), onDay(2, mark('b'))], [], {
      answer: (_, at) =>
        at < first ? { verdict: 'defer', until: first, reason: 'window' } : undefined,
    });
    expect(log).toEqual(['3h stage a', '24h stage b', '24h end completed']);
  });

  test('that is deferred still races', () => {
    const log = story([until(Booked, [mark('a')], { met: [mark('met')] })], [booked(2)], {
      answer: (_, at) =>
        at < ENTRY + 2 * HOUR
          ? { verdict: 'defer', until: ENTRY + 3 * HOUR, reason: 'window' }
          : undefined,
    });
    expect(log).toEqual(['2h stage met', '2h end completed']);
  });

  test('that is skipped does not end the journey', () => {
    const log = story([mark('a'), mark('b')], [], {
      answer: (effect) =>
        'stage' in effect && effect.stage === 'a' ? { verdict: 'skip', reason: 'cap' } : undefined,
    });
    expect(log).toEqual(['0h skip stage a', '0h stage b', '0h end completed']);
  });

  test('may find that the person has left', () => {
    const log = story([mark('a'), mark('b')], [], {
      answer: () => ({ verdict: 'leave', by: 'goal' }),
    });
    expect(log).toEqual(['0h leave goal', '0h end goal']);
  });
});

test('days count from the entry, and a day that has passed is not waited for', () => {
  const steps = [onDay(2, mark('a')), waitHours(30), onDay(2, mark('b')), onDay(4, mark('c'))];
  expect(story(steps)).toEqual(['24h stage a', '54h stage b', '72h stage c', '72h end completed']);
});

test('branches ask once, and an end in one is the end', () => {
  const steps = [
    waitHours(2),
    when(Booked, { yes: [notify(colleague('a')), exit()], no: [mark('no')] }),
    mark('after'),
  ];
  expect(story(steps, [booked(1)])).toEqual(['2h notify', '2h end completed']);
  expect(story(steps, [booked(3)])).toEqual(['2h stage no', '2h stage after', '2h end completed']);
});

describe('the ways taken', () => {
  test('are those of branches, of waits met or not, and of blocks met or left', () => {
    const steps = [
      when(Booked, { yes: [mark('a')] }),
      until(Viewed, [waitFor(Booked, { upTo: hours(5) })], { notMet: [mark('left')] }),
      until(Viewed, [waitFor(Booked, { upTo: hours(5) })], { met: [mark('met')] }),
    ];
    expect(ways(steps, [booked(3), viewed(4)])).toEqual([
      '1 0h if:booked no',
      '2 3h for:booked yes by "booked"',
      '3 3h until:viewed notMet by "booked"',
      '4 4h until:viewed#2 met by "viewed"',
    ]);
    expect(ways(steps)?.slice(1, 3)).toEqual(['2 5h for:booked no', '3 5h until:viewed notMet']);
  });

  test('of blocks in blocks that end together are one each, from the innermost out', () => {
    const steps = [until(Booked, [until(Viewed, [mark('a')])])];
    expect(ways(steps)).toEqual(['1 0h until:viewed notMet', '2 0h until:booked notMet']);
  });

  test('of a block around one that is met and leads out of both are one each too', () => {
    const steps = [until(Booked, [until(Viewed, [waitHours(5)])], { notMet: [mark('after')] })];
    expect(ways(steps, [viewed(1)])).toEqual([
      '1 1h until:viewed met by "viewed"',
      '2 1h until:booked notMet by "viewed"',
    ]);
    expect(story(steps, [viewed(1)])).toEqual(['1h stage after', '1h end completed']);
  });

  test('of a handoff are what sales answered, and late', () => {
    const steps = [handoffToSales({ to: owner, sla: hours(48) })];
    const news = { step: 'handoff:owner', what: 'never' };
    expect(ways(steps, [{ hour: 7, event: 'handoff answered', news }])).toEqual([
      '1 7h handoff:owner never by "handoff answered"',
    ]);
    expect(ways(steps)).toEqual(['1 48h handoff:owner late']);
  });

  test('do not count steps that have one way alone', () => {
    expect(ways([waitDays(1), mark('a'), onDay(3, mark('b'))])).toEqual([]);
  });
});
