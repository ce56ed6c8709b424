/** Long pasts on whichever store: whatever comes in which order, facts are those of all events from the beginning. */
import { fc } from '@fast-check/vitest';
import { beforeAll, expect, test } from 'vitest';
import type { Condition } from '../../dsl/condition.ts';
import { any, not } from '../../dsl/conditions/all-any-not.ts';
import { holds, holdsNow, looksAt, meantIn } from '../../dsl/conditions/index.ts';
import { score } from '../../dsl/conditions/score-level.ts';
import { DAY_MS, days, hours } from '../../dsl/duration.ts';
import { event } from '../../dsl/event.ts';
import { points, type Points } from '../../dsl/scoring/points.ts';
import { scoreLead } from '../../dsl/scoring/score-lead.ts';
import { scoring } from '../../dsl/scoring/scoring.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import type { Store } from '../../store/store.ts';
import { events, type EventRow, pasts, people } from '../../store/tables/index.ts';
import { factsOf } from './facts.ts';
import { growingPast } from './growing-past.ts';
import { forgetPasts, loadPasts } from './load-pasts.ts';

const FIRST = Date.UTC(2026, 2, 2, 10);
const [Visited, Tried, Asked] = [event('Visited'), event('Tried'), event('Asked')];
const named = ['visited', 'tried', 'asked', 'unheard of'] as const;

const rule = fc.oneof(
  fc
    .record({
      of: fc.constantFrom(Visited, Tried, any(Visited, Asked)),
      count: fc.constantFrom(-7, 3, 10.1),
      halfLife: fc.constantFrom(undefined, hours(5), days(30)),
      atMost: fc.constantFrom(undefined, 25),
      atMostPerDay: fc.constantFrom(undefined, 4, 20.3),
    })
    .map(({ of, count, ...rest }): Points => {
      const limits = Object.entries(rest).filter(([, value]) => value !== undefined);
      return points(count, { on: of, ...Object.fromEntries(limits) });
    }),
  fc
    .constantFrom<Condition>(
      Tried.happened({ within: days(2) }),
      not(Asked.happened()),
      not(Visited.happened({ within: hours(3) })),
    )
    .map((state) => points(5, { while: state })),
);
const model = fc
  .array(rule, { minLength: 1, maxLength: 5 })
  .map((rules) =>
    scoring({ engagement: rules.map((each, i) => ({ ...each, name: `rule ${i}` })) }),
  );

const happened = fc.record({
  name: fc.constantFrom(...named),
  /** Many at one instant, and many days. */
  at: fc
    .oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 20 * DAY_MS }))
    .map((ms) => FIRST + ms),
  suspectedBot: fc.constantFrom(false, false, false, true),
  place: fc.constantFrom('a', 'b'),
});

/** What comes in together; mostly in order. */
const batches = fc
  .tuple(fc.array(happened, { minLength: 150, maxLength: 300 }), fc.integer({ min: 1, max: 90 }))
  .chain(([all, size]) => {
    const ordered = all.toSorted((a, b) => a.at - b.at);
    const late = fc.array(fc.nat(all.length - 1), { maxLength: 6 });
    return late.map((indexes) => {
      const isLate = new Set(indexes);
      const sent = [
        ...ordered.filter((_, i) => !isLate.has(i)),
        ...ordered.filter((_, i) => isLate.has(i)),
      ];
      const cut = [];
      for (let i = 0; i < sent.length; i += size) cut.push(sent.slice(i, i + size));
      return cut;
    });
  });

const PlacedVisit = (place: string): Condition => ({
  condition: { kind: 'happened', name: 'visited', where: { place: { oneOf: [place] } } },
});
const conditions: readonly Condition[] = [
  score.above(20),
  score.below(3),
  PlacedVisit('a'),
  not(PlacedVisit('b')),
  Tried.happened({ within: days(3) }),
  Visited,
  Asked,
];

/** @param open gives an empty store. */
export function longPastsContract(open: () => Promise<Store>, numRuns: number): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  let ids = 0;

  test('facts are those of all events from the beginning, whatever the model, the order and the batches', async () => {
    await fc.assert(
      fc.asyncProperty(model, batches, fc.integer({ min: 0, max: DAY_MS }), async (...given) => {
        const [of, sent, ago] = given;
        await holdsFor(of, sent, ago);
      }),
      { numRuns },
    );
  });

  async function holdsFor(
    of: ScoringModel,
    sent: readonly (readonly Omit<Pick<EventRow, 'name' | 'at' | 'suspectedBot'>, never>[])[],
    ago: number,
  ): Promise<void> {
    const person = `p${(ids += 1)}`;
    const all: EventRow[] = [];
    for (const [i, batch] of sent.entries()) {
      const rows = batch.map((each) => rowOf(person, each));
      all.push(...rows);
      await store.transaction(async (tx) => {
        if (i === 0) await tx.add(people, [{ id: person, profile: {}, zone: null, createdAt: 0 }]);
        await tx.lock([person]);
        await tx.add(events, rows);
        await forgetPasts(tx, rows);
      });
      const latest = Math.max(...all.map(({ at }) => at));
      await check(of, person, all, latest);
      await check(of, person, all, latest - ago);
    }
    const [kept] = await store.transaction((tx) => tx.find(pasts, { id: person }));
    // Else this would show nothing.
    expect(kept?.checkpoints.length).toBeGreaterThan(0);
  }

  async function check(
    of: ScoringModel,
    person: string,
    all: readonly EventRow[],
    at: number,
  ): Promise<void> {
    const looks = { model: of, meant: meantIn(conditions.map(({ condition }) => condition)) };
    const past = await store.transaction(async (tx) => {
      await tx.lock([person]);
      return (await loadPasts(tx, looks, [{ person, from: at }]))(person);
    });
    const [profile, since] = [{}, at - DAY_MS / 2];
    const known = factsOf(of, profile, past, at);
    const behaviour = all
      .filter((row) => row.at <= at && !row.suspectedBot)
      .sort((a, b) => a.at - b.at);
    const whole = factsOf(of, profile, { start: null, rows: behaviour }, at);
    for (const then of [at, at + 1, at + DAY_MS, at + 40 * DAY_MS])
      expect(known.scored(then)).toEqual(scoreLead(of, { profile, behaviour }, then));
    for (const { condition } of conditions) {
      expect(holds(condition, known, since)).toEqual(holds(condition, whole, since));
      expect(looksAt(condition, known, since)).toEqual(looksAt(condition, whole, since));
    }
    if (all.some((row) => row.at > at)) return;
    const growing = growingPast(of, past.meant, past.start);
    for (const row of past.rows) growing.add(row);
    const grown = growing.facts(profile, at);
    expect(grown.scored(at)).toEqual(known.scored(at));
    for (const { condition } of conditions)
      expect(holdsNow(condition, grown, since)).toBe(holds(condition, whole, since).holds);
  }

  const rowOf = (
    person: string,
    { place, ...rest }: { place?: string } & Pick<EventRow, 'name' | 'at' | 'suspectedBot'>,
  ): EventRow => ({
    source: 'site',
    id: `e${(ids += 1)}`,
    person,
    originalName: rest.name,
    receivedAt: rest.at,
    properties: { place: place ?? 'a', more: 'x'.repeat(ids % 5) },
    ...rest,
  });
}
