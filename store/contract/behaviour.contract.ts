/** What every store does with events, score, consents and suppressions. */
import { describe, expect, test } from 'vitest';
import { event, many, message, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function behaviourContract(use: Use): void {
  describe('events', () => {
    test('count once by source and id, within a call and between calls', async () => {
      const first = event('1', { properties: { first: true } });
      const added = await use((tx) =>
        tx.addEvents([first, event('1', { name: 'second' }), event('1', { source: 'crm' })]),
      );
      expect(added).toEqual([first, event('1', { source: 'crm' })]);
      expect(await use((tx) => tx.addEvents([event('1'), event('2')]))).toEqual([event('2')]);
      expect(await use((tx) => tx.events(['ana']))).toHaveLength(3);
    });

    test('come by person, then instant, then arrival, of the names asked for', async () => {
      await use((tx) =>
        tx.addEvents([
          event('late', { at: NOON + 1, suspectedBot: true }),
          event('b', { at: NOON }),
          event('a', { at: NOON }),
          event('other', { at: NOON - 1, name: 'email opened' }),
          event('ben', { person: 'Ben', at: NOON + 9 }),
        ]),
      );
      const ids = async (...args: [string[], string[]?]) =>
        (await use((tx) => tx.events(...args))).map(({ id }) => id);
      expect(await ids(['ana', 'Ben', 'ana'])).toEqual(['ben', 'other', 'b', 'a', 'late']);
      expect(await ids(['ana'], ['pricing viewed', 'x'])).toEqual(['b', 'a', 'late']);
      expect(await ids(['ana'], [])).toEqual([]);
    });
  });

  test('instants between two milliseconds are taken, exact to the millisecond', async () => {
    await use((tx) => tx.addEvents([event('1', { at: NOON + 0.25 })]));
    await use((tx) => tx.addMessages([message('m', { at: NOON + 10 })]));
    const [found] = await use((tx) => tx.events(['ana']));
    expect(Math.floor(found?.at ?? 0)).toBe(NOON);
    expect(await use((tx) => tx.messages({ people: ['ana'], since: NOON + 9.5 }))).toHaveLength(1);
    expect(await use((tx) => tx.countMessages(['ana'], 'email', 'marketing', NOON + 10.5))).toEqual(
      [],
    );
  });

  describe('score', () => {
    const entry = { person: 'ana', source: 'site', event: 'e', rule: 'r', points: 0.1, at: NOON };

    test('entries count once by person, source, event and rule', async () => {
      await use((tx) => tx.addScoreEntries([entry, { ...entry, points: 9 }]));
      await use((tx) => tx.addScoreEntries([entry, { ...entry, rule: 'minus', points: -3 }]));
      expect(await use((tx) => tx.scoreEntries(['ana']))).toEqual([
        entry,
        { ...entry, rule: 'minus', points: -3 },
      ]);
    });

    test('of a lead is replaced', async () => {
      const score = { person: 'ana', total: 70.5, grade: 'A', at: NOON };
      await use((tx) => tx.putLeadScores([score, { ...score, total: 71 }]));
      await use((tx) => tx.putLeadScores([{ ...score, total: 72, grade: null }]));
      expect(await use((tx) => tx.leadScores(['ana', 'ben']))).toEqual([
        { ...score, total: 72, grade: null },
      ]);
    });
  });

  describe('permissions', () => {
    const consent = { person: 'ana', topic: 'news', source: 'form' };

    test('are the latest per topic, by instant and then by arrival', async () => {
      await use((tx) =>
        tx.addConsents([
          { ...consent, state: 'out', at: NOON + 1 },
          { ...consent, state: 'in', at: NOON },
          { ...consent, topic: 'offers', state: 'in', at: NOON },
        ]),
      );
      await use((tx) => tx.addConsents([{ ...consent, topic: 'offers', state: 'out', at: NOON }]));
      const found = await use((tx) => tx.consents(['ana', 'ben']));
      expect(Object.fromEntries(found.map(({ topic, state }) => [topic, state]))).toEqual({
        news: 'out',
        offers: 'out',
      });
    });

    test('are overruled by suppressions, of one channel or of all', async () => {
      const rows = [
        { person: 'ana', channel: null, reason: 'complaint', at: NOON },
        { person: 'ana', channel: 'email', reason: 'bounce', at: NOON },
      ];
      await use((tx) => tx.addSuppressions(rows));
      expect(await use((tx) => tx.suppressions(['ana', 'ben']))).toEqual(rows);
    });
  });

  test('ten thousand events in one call, and again', async () => {
    const rows = many(10_000, (n) => event(`${n}`, { person: `p${n % 100}` }));
    expect(await use((tx) => tx.addEvents(rows))).toHaveLength(10_000);
    expect(await use((tx) => tx.addEvents(rows))).toEqual([]);
    expect(await use((tx) => tx.events(many(100, (n) => `p${n}`)))).toHaveLength(10_000);
  });
}
