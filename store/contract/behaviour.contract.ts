/** What every store does with events, consents and suppressions. */
import { describe, expect, test } from 'vitest';
import type { BehaviourSpan, Where } from '../store.ts';
import {
  consents,
  type EventRow,
  events,
  messages,
  type Suppression,
  suppressions,
} from '../tables/index.ts';
import { consent, event, many, message, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function behaviourContract(use: Use): void {
  describe('events', () => {
    test('count once by source and id, within a call and between calls', async () => {
      const first = event('1', { properties: { first: true } });
      const added = await use((tx) =>
        tx.add(events, [first, event('1', { name: 'second' }), event('1', { source: 'crm' })]),
      );
      expect(added).toEqual([first, event('1', { source: 'crm' })]);
      expect(await use((tx) => tx.add(events, [event('1'), event('2')]))).toEqual([event('2')]);
      const found = await use((tx) => tx.find(events, { person: 'ana' }));
      expect(found).toEqual([first, event('1', { source: 'crm' }), event('2')]);
    });

    test('come by person, then instant, then arrival, of the names asked for', async () => {
      await use((tx) =>
        tx.add(events, [
          event('late', { at: NOON + 1, suspectedBot: true }),
          event('b', { at: NOON }),
          event('a', { at: NOON }),
          event('other', { at: NOON - 1, name: 'email opened' }),
          event('ben', { person: 'Ben', at: NOON + 9 }),
        ]),
      );
      const ids = async (where: Where<EventRow>) =>
        (await use((tx) => tx.find(events, where))).map(({ id }) => id);
      const sorted = ['ben', 'other', 'b', 'a', 'late'];
      expect(await ids({ person: ['ana', 'Ben', 'ana'] })).toEqual(sorted);
      expect(await ids({})).toEqual(sorted);
      expect(await ids({ person: 'ana' })).toEqual(sorted.slice(1));
      const names = ['email opened', 'pricing viewed', 'x'];
      expect(await ids({ person: ['ana', 'Ben'], name: names })).toEqual(sorted);
      expect(await ids({ name: names.slice(1), person: 'ana' })).toEqual(['b', 'a', 'late']);
      expect(await ids({ person: 'ana', suspectedBot: true })).toEqual(['late']);
      expect(await ids({ person: 'ana', at: [NOON, NOON - 1] })).toEqual(['other', 'b', 'a']);
      expect(await ids({ person: 'ana', name: [] })).toEqual([]);
    });

    test('are found within a time of each person, each once', async () => {
      await use((tx) =>
        tx.add(events, [
          event('late', { at: NOON + 2 }),
          event('b', { at: NOON + 1, name: 'email opened' }),
          event('a', { at: NOON }),
          event('ben', { person: 'Ben', at: NOON }),
          event('ben late', { person: 'Ben', at: NOON + 1 }),
        ]),
      );
      const ids = async (spans: readonly BehaviourSpan[], names?: readonly string[]) =>
        (await use((tx) => tx.findBehaviour(spans, names))).map(({ id }) => id);
      const ana = { person: 'ana' };
      expect(await ids([])).toEqual([]);
      expect(await ids([ana])).toEqual(['a', 'b', 'late']);
      expect(await ids([{ ...ana, after: NOON }])).toEqual(['b', 'late']);
      expect(await ids([{ ...ana, after: NOON - 0.5, upTo: NOON + 1.5 }])).toEqual(['a', 'b']);
      expect(await ids([{ ...ana, after: -Infinity, upTo: Infinity }])).toHaveLength(3);
      expect(
        await ids([
          { ...ana, after: NOON },
          { person: 'Ben', upTo: NOON },
        ]),
      ).toEqual(['ben', 'b', 'late']);
      expect(
        await ids([
          { ...ana, after: NOON },
          { ...ana, upTo: NOON + 1 },
        ]),
      ).toEqual(['a', 'b', 'late']);
      expect(await ids([ana], ['email opened'])).toEqual(['b']);
      expect(await ids([ana], [])).toEqual([]);
    });

    test('ten thousand in one call, and again', async () => {
      const rows = many(10_000, (n) => event(`${n}`, { person: `p${n % 100}` }));
      expect(await use((tx) => tx.add(events, rows))).toHaveLength(10_000);
      expect(await use((tx) => tx.add(events, rows))).toEqual([]);
      const person = many(100, (n) => `p${n}`);
      expect(await use((tx) => tx.find(events, { person }))).toHaveLength(10_000);
    });
  });

  test('instants between two milliseconds are taken, exact to the millisecond', async () => {
    await use((tx) => tx.add(events, [event('1', { at: NOON + 0.25 })]));
    await use((tx) => tx.add(messages, [message('m', { at: NOON + 10 })]));
    const [found] = await use((tx) => tx.find(events, { person: 'ana' }));
    expect(Math.floor(found?.at ?? 0)).toBe(NOON);
    for (const at of [NOON + 0.25, [NOON - 1, NOON + 0.25]])
      expect(await use((tx) => tx.find(events, { at }))).toHaveLength(1);
    const counted = (since: number) =>
      use((tx) => tx.countMessages(['ana'], 'email', 'marketing', since));
    expect(await counted(NOON + 9.5)).toHaveLength(1);
    expect(await counted(NOON + 10.5)).toEqual([]);
  });

  describe('permissions', () => {
    test('are kept one by one, by instant and then by arrival', async () => {
      await use((tx) =>
        tx.add(consents, [
          consent('news', { state: 'out', at: NOON + 1 }),
          consent('news', { state: 'in', at: NOON }),
          consent('offers', { state: 'in', at: NOON }),
        ]),
      );
      const again = consent('offers', { state: 'in', at: NOON });
      expect(await use((tx) => tx.add(consents, [again, again]))).toEqual([again, again]);
      const found = await use((tx) => tx.find(consents, { person: ['ana', 'ben'] }));
      expect(found.map(({ topic, state }) => `${topic} ${state}`)).toEqual([
        'news in',
        'offers in',
        'offers in',
        'offers in',
        'news out',
      ]);
    });

    test('are overruled by suppressions, of one channel or of all', async () => {
      const rows = [
        { person: 'ana', channel: null, reason: 'complaint', at: NOON },
        { person: 'ana', channel: 'email', reason: 'bounce', at: NOON },
        { person: 'ana', channel: 'sms', reason: 'bounce', at: NOON },
      ];
      await use((tx) => tx.add(suppressions, rows));
      const find = (where: Where<Suppression>) => use((tx) => tx.find(suppressions, where));
      expect(await find({ person: ['ana', 'ben'] })).toEqual(rows);
      expect(await find({ person: 'ana', channel: null })).toEqual(rows.slice(0, 1));
      expect(await find({ channel: [null] })).toEqual(rows.slice(0, 1));
      expect(await find({ channel: ['email', null] })).toEqual(rows.slice(0, 2));
    });
  });
}
