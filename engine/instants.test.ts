/** When things count: late is late, once; an instant has an order; whatever the tick, and the order in which things are heard. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  days,
  event,
  handoffToSales,
  hours,
  journey,
  lead,
  minutes,
  onDay,
  owner,
  setStage,
  type Step,
  until,
  waitDays,
  waitFor,
  waitHours,
} from '../dsl/index.ts';
import { tryCompile } from '../dsl/index.ts';
import { anyJourney, EVENTS } from '../test/any-journey.ts';
import { ENTRY, type Happens, HOUR, play, type TinyHostOptions } from '../test/tiny-host.ts';
import type { EnrolItem } from './items.ts';

const Lead = lead(z.object({ name: z.string() }));
const Asked = event('asked');
const Booked = event('booked');
const MS = 1 / HOUR;
const SECOND = 1 / 3_600;

const of = (...steps: readonly Step[]) => journey('tried', { lead: Lead }, steps);
const stage = (name: string) => setStage(name);
const heard = (name: string, hour: number, late = 0): Happens => ({ event: name, hour, late });

/** The same story at every tick, or the test fails. */
function story(steps: readonly Step[], options: TinyHostOptions = {}): readonly string[] {
  const played = [1, 1_000, 60_000].map((tickMs) =>
    play(of(...steps), { ...options, settings: { tickMs, spreadMs: 0, exact: true } }),
  );
  const [first] = played;
  for (const other of played) expect(other).toEqual(first);
  return first?.['ana'] ?? [];
}

describe('whoever is reached late', () => {
  const answered = [
    waitHours(1),
    waitFor(Asked, { upTo: days(30), yes: [stage('asked')], no: [stage('silent')] }),
  ];

  test('has missed nothing that happened since they were due', () => {
    // Nobody was there for three hours: the wait of one hour ended at 1, the event came at 2.
    const away = { away: [[0.5, 4]] } as const;
    expect(story(answered, { ...away, happens: [heard('asked', 2)] })).toEqual([
      '4h stage asked',
      '4h end completed',
    ]);
  });

  test('has missed nothing in the steps behind either, until a wait has ended on time', () => {
    const steps = [
      waitHours(1),
      stage('one'),
      waitFor(Asked, { upTo: days(2), yes: [stage('asked')] }),
      waitFor(Booked, { upTo: days(2), yes: [stage('booked')], no: [stage('not booked')] }),
    ];
    const away = { away: [[0.5, 4]] } as const;
    const both = [heard('asked', 2), heard('booked', 3)];
    expect(story(steps, { ...away, happens: both })).toEqual([
      '4h stage one',
      '4h stage asked',
      '4h stage booked',
      '4h end completed',
    ]);
    // The first wait ends on time, at 5: what came before it is over.
    const later = [heard('booked', 3), heard('asked', 5)];
    expect(story(steps, { ...away, happens: later })).toEqual([
      '4h stage one',
      '5h stage asked',
      '53h stage not booked',
      '53h end completed',
    ]);
  });

  test('does not do in one moment what was meant for days', () => {
    const steps = [
      waitDays(1),
      stage('one'),
      waitDays(2),
      stage('two'),
      waitDays(2),
      stage('three'),
    ];
    expect(story(steps, { away: [[1, 24 * 9]] })).toEqual([
      '216h stage one',
      '264h stage two',
      '312h stage three',
      '312h end completed',
    ]);
  });

  test('begins on the day on which they are let in', () => {
    const entry: EnrolItem = {
      type: 'enrol',
      run: 'ben',
      lead: 'lead of ben',
      plan: '',
      zone: 'UTC',
      at: ENTRY - 9 * 24 * HOUR,
    };
    const steps = [stage('one'), onDay(3, stage('three')), onDay(8, stage('eight'))];
    const options = { items: [entry], away: [[-300, 0]] as const };
    expect(play(of(...steps), options)['ben']).toEqual([
      '0h stage one',
      '48h stage three',
      '168h stage eight',
      '168h end completed',
    ]);
  });

  test('is not late by a minute, nor by a tick', () => {
    const steps = [waitHours(1), waitHours(1), stage('two')];
    expect(story(steps, { away: [[0.5, 1 + 60 * SECOND]] })).toEqual([
      '2h stage two',
      '2h end completed',
    ]);
  });
});

describe('an instant has an order', () => {
  const raced = [until(Asked, [waitHours(2), stage('in time')], { met: [stage('asked')] })];

  test.each([
    ['a millisecond before somebody is due, news wins', 2 - MS, 'asked'],
    ['at the very instant too', 2, 'asked'],
    ['a millisecond later it is late', 2 + MS, 'in time'],
  ])('%s', (_, hour, expected) => {
    const [first] = story(raced, { happens: [heard('asked', hour)] });
    expect(first).toMatch(new RegExp(`stage ${expected}$`));
  });

  test.each([
    [-MS, 'yes'],
    [0, 'yes'],
    [MS, 'late'],
  ])('an answer of sales %d hours after its limit: %s', (after, expected) => {
    const steps = [
      handoffToSales({
        to: owner,
        sla: hours(48),
        id: 'call',
        yes: [stage('yes')],
        late: [stage('late')],
      }),
    ];
    const news = { step: 'call', what: 'yes' };
    const happens = [{ event: 'handoff answered', hour: 48 + after, news }];
    expect(story(steps, { happens })).toContainEqual(expect.stringMatching(`stage ${expected}$`));
  });

  const nested = [
    until(
      Booked,
      [until(Asked, [waitHours(9)], { met: [stage('inner'), waitHours(1), stage('inside')] })],
      { met: [stage('outer')] },
    ),
  ];

  test.each([
    [
      'of two blocks that are met at once the inner one wins',
      [
        ['asked', 'a'],
        ['booked', 'b'],
      ],
    ],
    [
      'whichever was named first',
      [
        ['booked', 'a'],
        ['asked', 'b'],
      ],
    ],
    [
      'whichever was heard first',
      [
        ['booked', 'b'],
        ['asked', 'a'],
      ],
    ],
  ])('%s', (_, both) => {
    const happens = both.map(([name = '', id = '']) => ({ ...heard(name, 2), id }));
    expect(story(nested, { happens })).toEqual([
      '2h stage inner',
      '3h stage inside',
      '3h end completed',
    ]);
  });
});

test('somebody who goes from step to step without a wait is parked, and says why', () => {
  const steps = Array.from({ length: 1_001 }, (_, i) => setStage(`s${i}`, { id: `s${i}` }));
  const log = play(of(...steps))['ana'] ?? [];
  expect(log).toHaveLength(1_001);
  expect(log.at(-1)).toMatch(/parked .*1000 steps of one run without one.* \[runs-in-circles\]$/);
});

const happening = fc.record({
  event: fc.constantFrom(...EVENTS),
  hour: fc.integer({ min: 0, max: 60 }),
  offset: fc.constantFrom(-MS, 0, MS),
});

property.prop([anyJourney, fc.array(happening, { maxLength: 8 })], { numRuns: 300 })(
  'a millisecond this way or that, everybody lives the same at every tick and in every order',
  (tried, all) => {
    if (tryCompile(tried).plan === undefined) return;
    const happens = all.map(({ event: name, hour, offset }, i) => ({
      event: name,
      hour: hour + offset,
      id: `e${i}`,
    }));
    const at = (tickMs: number, order: readonly Happens[]) =>
      play(tried, { happens: order, settings: { tickMs, spreadMs: 0, exact: true } });
    const alone = at(1, happens);
    expect(at(minutes(1).ms, happens)).toEqual(alone);
    expect(at(1, happens.toReversed())).toEqual(alone);
  },
);
