/** What every store refuses: the constraints that tables declare. */
import { describe, expect, test } from 'vitest';
import { ConstraintError, type Transaction } from '../store.ts';
import { enrolments, events, laneRows, people, suppressions } from '../tables/index.ts';
import { enrolment, event, laneRow, NOON, person } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function constraintsContract(use: Use): void {
  async function expectRefusal(
    constraint: string,
    work: (tx: Transaction) => Promise<unknown>,
  ): Promise<void> {
    const error: unknown = await use(work).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConstraintError);
    expect(error).toMatchObject({ code: 'constraint-violated', constraint });
  }

  test('what may be null may be left out of a row, alone or beside rows that have it', async () => {
    const ben = { person: 'ben', reason: 'bounce', at: NOON };
    const added = await use((tx) =>
      tx.add(suppressions, [ben, { ...ben, person: 'eva', channel: 'email' }]),
    );
    const whole = [
      { ...ben, channel: null },
      { ...ben, person: 'eva', channel: 'email' },
    ];
    expect(added).toEqual(whole);
    expect(await use((tx) => tx.find(suppressions, {}))).toEqual(whole);
  });

  describe('a second run under way of one person in one journey', () => {
    const second = 'enrolments.underWay';

    test.each(['live', 'parked'] as const)('is refused while the first is %s', async (status) => {
      await use((tx) =>
        tx.add(enrolments, [enrolment('0', { status: 'exit' }), enrolment('1', { status })]),
      );
      await expectRefusal(second, (tx) => tx.add(enrolments, [enrolment('2')]));
      await expectRefusal(second, (tx) =>
        tx.add(enrolments, [enrolment('2', { status: 'parked' })]),
      );
      await expectRefusal(second, (tx) => tx.change(enrolments, [{ id: '0', status: 'live' }]));
      await use(async (tx) => {
        await tx.add(enrolments, [
          enrolment('3', { status: 'completed' }),
          enrolment('4', { journey: 'other' }),
          enrolment('5', { person: 'ben' }),
          // Known already: left as it is, whatever else there is.
          enrolment('0'),
        ]);
        await tx.change(enrolments, [{ id: '1', status: 'parked' }]);
        await tx.change(enrolments, [{ id: '1', status: 'live' }]);
      });
      expect(await use((tx) => tx.find(enrolments, { person: 'ana' }))).toHaveLength(4);
    });

    test('is refused within one call, and nothing of that call stays', async () => {
      await expectRefusal(second, (tx) =>
        tx.add(enrolments, [enrolment('0', { person: 'ben' }), enrolment('1'), enrolment('2')]),
      );
      expect(await use((tx) => tx.find(enrolments, {}))).toEqual([]);
    });

    test('begins once the first has ended, in the same transaction too', async () => {
      await use(async (tx) => {
        await tx.add(enrolments, [enrolment('1')]);
        await tx.change(enrolments, [{ id: '1', status: 'goal', endedAt: NOON }]);
        await tx.add(enrolments, [enrolment('2')]);
      });
      await expectRefusal(second, (tx) => tx.change(enrolments, [{ id: '1', status: 'live' }]));
    });
  });

  describe('null where a value must be', () => {
    test('is refused in rows that are added, known or not, and in those that change', async () => {
      const bad = { ...person('ana'), createdAt: null } as never;
      await expectRefusal('people.createdAt', (tx) => tx.add(people, [bad]));
      await use((tx) => tx.add(people, [person('ana')]));
      await expectRefusal('people.createdAt', (tx) => tx.add(people, [bad]));
      await use((tx) => tx.add(events, [event('1')]));
      await expectRefusal('events.suspectedBot', (tx) =>
        tx.add(events, [event('1', { suspectedBot: undefined as never })]),
      );
      await expectRefusal('people.profile', (tx) =>
        tx.change(people, [{ id: 'ana', profile: null as never }]),
      );
      await expectRefusal('people.id', (tx) => tx.add(people, [person(null as never)]));
      await expectRefusal('suppressions.reason', (tx) =>
        tx.add(suppressions, [{ person: 'a', channel: null, reason: null as never, at: NOON }]),
      );
      await expectRefusal('lane_rows.payload', (tx) =>
        tx.add(laneRows, [laneRow('a', { payload: null as never })]),
      );
      await use((tx) => tx.change(people, [{ id: 'ana', zone: null }]));
    });
  });

  describe('a change', () => {
    test.each([
      ['no key', [{ status: 'live' }]],
      ['a part of the key', [{ key: 'a', status: 'done' }]],
      ['something that is no column', [{ lane: 'email', key: 'a', state: 'done' }]],
      [
        'fewer columns than the first',
        [
          { lane: 'email', key: 'a', status: 'done', code: null },
          { lane: 'email', key: 'b', status: 'done' },
        ],
      ],
    ])('that names %s is refused before anything is changed', async (_, rows) => {
      await expect(use((tx) => tx.change(laneRows, rows as never))).rejects.toThrow(
        /^lane_rows: expected rows that each name the key \(lane, key\)/,
      );
    });

    test('that does not compile is refused as it runs, too', async () => {
      const differing = [
        { id: '1', step: 'a', error: null },
        { id: '2', step: 'b' },
      ];
      const misspelt = ['1', '2'].map((id) => ({ id, state: 'live' }));
      const refused = async (work: (tx: Transaction) => Promise<void>) =>
        expect(use(work)).rejects.toThrow(/^enrolments: expected rows/);
      // @ts-expect-error Its rows name different columns.
      await refused((tx) => tx.change(enrolments, differing));
      // @ts-expect-error No column has this name.
      await refused((tx) => tx.change(enrolments, misspelt));
    });

    test('of rows without a key is refused', async () => {
      await expect(use((tx) => tx.change(suppressions, [{ reason: 'x' }]))).rejects.toThrow(
        /^suppressions: expected/,
      );
    });
  });

  test('pages of a table whose key is more than one text are refused', async () => {
    await expect(use((tx) => tx.page(laneRows, { limit: 5 }))).rejects.toThrow(
      /^lane_rows: expected a table whose key is one text/,
    );
  });
}
