/** What every store does with people and their identities. */
import { describe, expect, test } from 'vitest';
import { identities, people } from '../tables/index.ts';
import { many, NOON, person } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function peopleContract(use: Use): void {
  describe('people', () => {
    test('are read back whole in the order of arrival, those unknown left out', async () => {
      const ana = person('ana', { profile: { company: { size: 50 }, tags: ['a', null] } });
      const rows = [person('zoe', { zone: null }), ana];
      await use((tx) => tx.add(people, rows));
      const ids = ['ana', 'nobody', 'zoe', 'ana'];
      expect(await use((tx) => tx.find(people, { id: ids }))).toEqual(rows);
    });

    test('added again keep when they were created, and the last of two in one call counts', async () => {
      await use((tx) => tx.add(people, [person('ana')]));
      const [first, last] = [
        person('ana', { profile: { v: 1 } }),
        person('ana', { profile: { v: 2 }, zone: null, createdAt: NOON + 9 }),
      ];
      expect(await use((tx) => tx.add(people, [first, last]))).toEqual([]);
      expect(await use((tx) => tx.find(people, { id: 'ana' }))).toEqual([
        person('ana', { profile: { v: 2 }, zone: null }),
      ]);
    });

    test('new ones are answered once each, as they are after the call', async () => {
      const [old, first, last] = [
        person('old'),
        person('new', { profile: { v: 1 } }),
        person('new', { profile: { v: 2 }, createdAt: NOON + 9 }),
      ];
      await use(async (tx) => {
        await tx.add(people, [old]);
        // In the transaction that added them, and under a lock, they are known all the same.
        await tx.lock(['old', 'new']);
        const added = person('new', { profile: { v: 2 } });
        expect(await tx.add(people, [old, first, last])).toEqual([added]);
        expect(await tx.add(people, [old, first])).toEqual([]);
      });
      await use(async (tx) => {
        await tx.lock(['old', 'new']);
        expect(await tx.add(people, [old, last, person('other')])).toEqual([person('other')]);
        expect((await tx.find(people, {})).map(({ id }) => id)).toEqual(['old', 'new', 'other']);
      });
    });

    test('keep text and numbers of every kind', async () => {
      const profile = {
        quotes: `it's "quoted" \\ and {braces}, $1 and ; -- too`,
        unicode: 'Iñárritu 日本語 👩‍🚀 \u2028',
        large: Number.MAX_SAFE_INTEGER,
        larger: 1e21,
        tiny: 5e-324,
        fraction: 0.1 + 0.2,
        nothing: null,
        empty: '',
        deep: { list: [1, [true, [null]]], object: {} },
      };
      const id = `o'"\\{},NULL ü`;
      await use((tx) => tx.add(people, [person(id, { profile }), person('NULL'), person('')]));
      expect(await use((tx) => tx.find(people, { id }))).toEqual([person(id, { profile })]);
      expect(await use((tx) => tx.find(people, { id: ['NULL', ''] }))).toHaveLength(2);
    });

    test('with undefined fields or characters that a database refuses fail nobody', async () => {
      // Untyped senders hand such values over.
      const profile = { gone: undefined, nul: 'a\u0000b', half: '\uD800', kept: 1 } as never;
      await use((tx) => tx.add(people, [person('odd', { profile }), person('ana')]));
      const [odd] = await use((tx) => tx.find(people, { id: 'odd' }));
      expect(odd?.profile).toMatchObject({ kept: 1 });
      expect(odd?.profile['gone']).toBeUndefined();
      expect(await use((tx) => tx.find(people, { id: ['ana'] }))).toHaveLength(1);
      expect(await use((tx) => tx.find(people, { id: '\u0000' }))).toEqual([]);
      const twice = [person('a\u0000'), person('a\u0000', { zone: null })];
      expect(await use((tx) => tx.add(people, twice))).toHaveLength(1);
      expect(await use((tx) => tx.add(people, twice))).toEqual([]);
    });

    test('are locked, known or not, without being added', async () => {
      await use((tx) => tx.add(people, [person('ana')]));
      await use((tx) => tx.lock(['zoe', 'ana', 'ana', 'ben', '\u0000']));
      expect(await use((tx) => tx.find(people, { id: ['zoe', 'ben'] }))).toEqual([]);
    });

    test('are gone through in pages, in the order of their ids, while others are added', async () => {
      // By code point: the two last would change places by UTF-16 units.
      const ids = [...many(2_498, (n) => `p${String(n).padStart(4, '0')}`), '\uFFFD', '👩'];
      await use((tx) =>
        tx.add(
          people,
          ids.toReversed().map((id) => person(id)),
        ),
      );
      const seen: string[] = [];
      const sizes: number[] = [];
      for (let after: string | undefined; ;) {
        const page = await use((tx) => tx.page(people, { limit: 1_000, after }));
        if (page.length === 0) break;
        sizes.push(page.length);
        seen.push(...page.map(({ id }) => id));
        after = seen.at(-1);
        // One where the pages have been, one where they are still to come.
        await use((tx) => tx.add(people, [person('a'), person('p9999')]));
      }
      expect(sizes).toEqual([1_000, 1_000, 501]);
      expect(seen).toEqual([...ids.slice(0, -2), 'p9999', ...ids.slice(-2)]);
    });
  });

  describe('identities', () => {
    const mail = { kind: 'email', value: 'ana@example.com' } as const;
    const user = { kind: 'user', value: mail.value } as const;

    test('lead to their person by both parts of their key, and are pointed at another', async () => {
      await use((tx) =>
        tx.add(identities, [
          { ...mail, person: 'ana' },
          { kind: 'user', value: 'u', person: 'ana' },
        ]),
      );
      const kind = [mail.kind, user.kind, mail.kind];
      expect(await use((tx) => tx.find(identities, { kind, value: [mail.value] }))).toEqual([
        { ...mail, person: 'ana' },
      ]);
      await use((tx) =>
        tx.add(identities, [
          { ...mail, person: 'eve' },
          { ...mail, person: 'ben' },
        ]),
      );
      expect(await use((tx) => tx.find(identities, { person: ['ben', 'eve'] }))).toEqual([
        { ...mail, person: 'ben' },
      ]);
      expect(await use((tx) => tx.find(identities, { person: ['ana', 'ana'] }))).toHaveLength(1);
    });

    test('of thousands of keys come in the order of arrival', async () => {
      const rows = many(3_000, (n) => ({ kind: 'user' as const, value: `${n}`, person: 'ana' }));
      await use((tx) => tx.add(identities, rows));
      const value = rows.map((row) => row.value).toReversed();
      expect(await use((tx) => tx.find(identities, { kind: ['user', 'email'], value }))).toEqual(
        rows,
      );
    });
  });
}
