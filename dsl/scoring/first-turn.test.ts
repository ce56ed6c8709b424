import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../activities/past/facts.ts';
import type { Condition } from '../condition.ts';
import { not } from '../conditions/all-any-not.ts';
import { holds } from '../conditions/index.ts';
import { score } from '../conditions/score-level.ts';
import { DAY_MS, days, HOUR_MS, hours } from '../duration.ts';
import { event } from '../event.ts';
import { points, type Points } from './points.ts';
import { scoring } from './scoring.ts';
import type { ScoringModel } from './scoring-model.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const names = ['Visited', 'Tried', 'Asked'] as const;
const [Visited, Tried] = [event('Visited'), event('Tried')];

type Happened = readonly [name: string, agoMs: number];

/** Facts as of now about somebody who did these things, so long ago. */
const facts = (model: ScoringModel, happened: readonly Happened[]) =>
  factsOf(
    model,
    {},
    {
      start: null,
      rows: happened
        .map(([name, agoMs], i) => ({
          source: 'test',
          id: `e${i}`,
          person: 'ana',
          name: name.toLowerCase(),
          originalName: name,
          at: NOW - agoMs,
          receivedAt: NOW,
          properties: {},
          suspectedBot: false,
        }))
        .sort((a, b) => a.at - b.at),
    },
    NOW,
  );

const verdict = ({ condition }: Condition, known: ReturnType<typeof facts>) =>
  holds(condition, known, -Infinity);

describe('the instant at which time alone turns a verdict on a score', () => {
  test('is that at which a state ends, even if the score soon falls back', () => {
    // A trial hides the interest of its first two weeks; by then it has nearly faded.
    const model = scoring({
      engagement: [
        points(104, { on: Visited, halfLife: days(14) }),
        points(-60, { while: Tried.happened({ within: days(14) }) }),
      ],
    });
    const known = facts(model, [
      ['Visited', 0],
      ['Tried', 0],
    ]);
    expect(verdict(score.above(50), known)).toEqual({
      holds: false,
      changesAt: NOW + 14 * DAY_MS + 1,
    });
  });

  test('is exact to the millisecond for falling scores', () => {
    const model = scoring({ engagement: [points(80, { on: Visited, halfLife: days(10) })] });
    const known = facts(model, [['Visited', 0]]);
    const { changesAt = 0 } = verdict(score.below(40.000_001), known);
    expect(known.score(changesAt - 1)).toBeGreaterThanOrEqual(40.000_001);
    expect(known.score(changesAt)).toBeLessThan(40.000_001);
    expect(verdict(score.above(70), facts(model, [['Visited', 10 * DAY_MS]]))).toEqual({
      holds: false,
    });
  });

  test('is found years ahead', () => {
    const model = scoring({ engagement: [points(100, { on: Visited, halfLife: days(365) })] });
    const { changesAt = 0 } = verdict(score.below(1), facts(model, [['Visited', 0]]));
    expect(Math.round((changesAt - NOW) / DAY_MS)).toBe(2_425);
  });

  test('is no later than any instant at which it has turned, whatever the model', () => {
    const rule = (n: number) =>
      fc
        .record({
          count: fc.integer({ min: -80, max: 80 }).filter((count) => count !== 0),
          name: fc.constantFrom(...names),
          kind: fc.constantFrom('on', 'while', 'quiet'),
          span: fc.integer({ min: 1, max: 400 }),
          atMost: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
        })
        .map(({ count, name, kind, span, atMost }): Points => {
          const named = { name: `rule ${n}` };
          if (kind === 'on') {
            const limit = atMost === undefined ? {} : { atMost };
            return points(count, { ...named, on: event(name), halfLife: hours(span), ...limit });
          }
          const recent = event(name).happened({ within: hours(span) });
          return points(count, { ...named, while: kind === 'while' ? recent : not(recent) });
        });
    const rules = fc.tuple(rule(0), rule(1), rule(2), rule(3), rule(4));
    const past = fc.array(
      fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 300 * HOUR_MS })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rules, past, fc.integer({ min: -60, max: 60 }), (engagement, did, threshold) => {
        const known = facts(scoring({ engagement }), did);
        const { holds: now, changesAt = Infinity } = verdict(score.above(threshold), known);
        const isAbove = (at: number): boolean => known.score(at) > threshold;
        const until = Math.min(changesAt, NOW + 40 * DAY_MS);
        for (let at = NOW; at < until; at += HOUR_MS) expect(isAbove(at)).toBe(now);
        if (changesAt === Infinity) return;
        expect(isAbove(changesAt - 1)).toBe(now);
        expect(isAbove(changesAt)).toBe(!now);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});
