/** What every store does with people and their identities. */
import { describe, expect, test } from 'vitest';
import { person, enrolment, event, message, decision, laneRow, many, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function peopleContract(use: Use): void {
  describe('people', () => {
    test('are read back whole, those unknown left out', async () => {
      const ana = person('ana', { profile: { company: { size: 50 }, tags: ['a', null] } });
      await use((tx) => tx.putPeople([ana, person('ben', { zone: null })]));
      const found = await use((tx) => tx.people(['ben', 'nobody', 'ana', 'ana']));
      expect(found.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        ana,
        person('ben', { zone: null }),
      ]);
    });

    test('put again keep when they were created, and the last of two in one call counts', async () => {
      await use((tx) => tx.putPeople([person('ana')]));
      await use((tx) =>
        tx.putPeople([
          person('ana', { profile: { v: 1 } }),
          person('ana', { profile: { v: 2 }, zone: null, createdAt: NOON + 9 }),
        ]),
      );
      expect(await use((tx) => tx.people(['ana']))).toEqual([
        person('ana', { profile: { v: 2 }, zone: null }),
      ]);
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
      await use((tx) => tx.putPeople([person(id, { profile }), person('NULL'), person('')]));
      expect(await use((tx) => tx.people([id]))).toEqual([person(id, { profile })]);
      expect(await use((tx) => tx.people(['NULL', '']))).toHaveLength(2);
    });

    test('with undefined fields or characters that a database refuses fail nobody', async () => {
      // Untyped senders hand such values over.
      const profile = { gone: undefined, nul: 'a\u0000b', half: '\uD800', kept: 1 } as never;
      await use((tx) => tx.putPeople([person('odd', { profile }), person('ana')]));
      const [odd] = await use((tx) => tx.people(['odd']));
      expect(odd?.profile).toMatchObject({ kept: 1 });
      expect(odd?.profile['gone']).toBeUndefined();
      expect(await use((tx) => tx.people(['ana']))).toHaveLength(1);
      expect(await use((tx) => tx.people(['\u0000']))).toEqual([]);
    });

    test('are locked, known or not, without being added', async () => {
      await use((tx) => tx.putPeople([person('ana')]));
      await use((tx) => tx.lock(['zoe', 'ana', 'ana', 'ben']));
      expect(await use((tx) => tx.people(['zoe', 'ben']))).toEqual([]);
    });
  });

  describe('identities', () => {
    const mail = { kind: 'email', value: 'ana@example.com' } as const;

    test('lead to their person, and are pointed at another', async () => {
      await use((tx) => tx.putIdentities([{ ...mail, person: 'ana' }]));
      await use((tx) => tx.putIdentities([{ kind: 'user', value: 'u1', person: 'ana' }]));
      expect(
        await use((tx) => tx.identities([mail, mail, { kind: 'user', value: mail.value }])),
      ).toEqual([{ ...mail, person: 'ana' }]);
      await use((tx) =>
        tx.putIdentities([
          { ...mail, person: 'eve' },
          { ...mail, person: 'ben' },
        ]),
      );
      expect(await use((tx) => tx.identitiesOf(['ben', 'eve']))).toEqual([
        { ...mail, person: 'ben' },
      ]);
      expect(await use((tx) => tx.identitiesOf(['ana', 'ana']))).toHaveLength(1);
    });
  });

  mergeContract(use);
}

function mergeContract(use: Use): void {
  describe('merging two people', () => {
    test('moves everything and drops what would be there twice', async () => {
      const entry = { source: 'site', event: 'e', rule: 'r', points: 5, at: NOON };
      await use(async (tx) => {
        await tx.putPeople([person('anon'), person('ana')]);
        await tx.putIdentities([{ kind: 'anonymous', value: 'x', person: 'anon' }]);
        await tx.addEvents([event('1', { person: 'anon' }), event('2', { at: NOON - 1 })]);
        await tx.addScoreEntries([
          { ...entry, person: 'anon' },
          { ...entry, person: 'ana' },
          { ...entry, person: 'anon', rule: 'other' },
        ]);
        await tx.putLeadScores([{ person: 'anon', total: 9, grade: null, at: NOON }]);
        const consent = { topic: 'news', source: 'form' };
        await tx.addConsents([{ ...consent, person: 'ana', state: 'in', at: NOON }]);
        await tx.addConsents([{ ...consent, person: 'anon', state: 'out', at: NOON + 1 }]);
        await tx.addSuppressions([{ person: 'anon', channel: null, reason: 'bounce', at: NOON }]);
        await tx.addDecisions([decision('d', { person: 'anon' })]);
        await tx.addMessages([message('m', { person: 'anon' })]);
        await tx.addLaneRows([laneRow('l', { person: 'anon' })]);
        await tx.mergePeople('anon', 'ana');
      });
      await use(async (tx) => {
        expect(await tx.people(['anon', 'ana'])).toEqual([person('ana')]);
        expect(await tx.identitiesOf(['ana'])).toMatchObject([{ value: 'x' }]);
        expect((await tx.events(['ana'])).map(({ id }) => id)).toEqual(['2', '1']);
        expect((await tx.scoreEntries(['ana'])).map(({ rule }) => rule).sort()).toEqual([
          'other',
          'r',
        ]);
        expect(await tx.leadScores(['anon', 'ana'])).toEqual([]);
        expect(await tx.consents(['ana'])).toMatchObject([{ state: 'out' }]);
        expect(await tx.suppressions(['ana'])).toMatchObject([{ reason: 'bounce' }]);
        expect(await tx.decisions({ people: ['ana'] })).toHaveLength(1);
        expect(await tx.messages({ people: ['ana'] })).toHaveLength(1);
        expect(await tx.laneRows({ keys: ['l'] })).toMatchObject([{ person: 'ana' }]);
        expect(await tx.events(['anon'])).toEqual([]);
        expect(await tx.scoreEntries(['anon'])).toEqual([]);
      });
    });

    test.each([
      ['the older run of the one who goes', NOON - 1, { old: 'live', new: 'merged' }],
      ['the older run of the one who stays', NOON + 1, { old: 'merged', new: 'live' }],
      ['at one instant, the run of the one who stays', NOON, { old: 'merged', new: 'live' }],
    ])('keeps %s', async (_, enteredAt, statuses) => {
      await use(async (tx) => {
        await tx.addEnrolments([
          enrolment('old', { person: 'anon', enteredAt }),
          enrolment('new', { person: 'ana' }),
          enrolment('elsewhere', { person: 'anon', journey: 'other' }),
          enrolment('ended', { person: 'anon', status: 'goal', endedAt: NOON }),
        ]);
        await tx.mergePeople('anon', 'ana');
      });
      const runs = await use((tx) => tx.enrolments({ people: ['ana'] }));
      expect(Object.fromEntries(runs.map(({ id, status }) => [id, status]))).toEqual({
        ...statuses,
        elsewhere: 'live',
        ended: 'goal',
      });
    });

    test('with oneself changes nothing', async () => {
      await use((tx) => tx.putPeople([person('ana')]));
      await use((tx) => tx.mergePeople('ana', 'ana'));
      expect(await use((tx) => tx.people(['ana']))).toHaveLength(1);
    });

    test('moves thousands of rows', async () => {
      await use((tx) => tx.addEvents(many(3_000, (n) => event(`${n}`, { person: 'anon' }))));
      await use((tx) => tx.mergePeople('anon', 'ana'));
      expect(await use((tx) => tx.events(['ana']))).toHaveLength(3_000);
    });
  });
}
