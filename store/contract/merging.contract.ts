/** What every store does when two people turn out to be one. */
import { describe, expect, test } from 'vitest';
import { ConstraintError } from '../store.ts';
import {
  consents,
  decisions,
  enrolments,
  events,
  identities,
  laneRows,
  merged,
  messages,
  misfits,
  OF_PEOPLE,
  pasts,
  people,
  suppressions,
} from '../tables/index.ts';
import {
  consent,
  decision,
  enrolment,
  event,
  laneRow,
  many,
  message,
  NOON,
  person,
} from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

const MISFIT = { path: 'traits.plan', expected: 'text', received: 'a number', fix: null };

export function mergingContract(use: Use): void {
  describe('merging two people', () => {
    test('moves everything', async () => {
      await use(async (tx) => {
        await tx.add(people, [person('anon'), person('ana')]);
        await tx.add(identities, [{ kind: 'anonymous', value: 'x', person: 'anon' }]);
        await tx.add(events, [event('1', { person: 'anon' }), event('2', { at: NOON - 1 })]);
        await tx.add(consents, [
          consent('news', { person: 'ana', at: NOON }),
          consent('news', { person: 'anon', at: NOON + 1, state: 'out' }),
        ]);
        await tx.add(suppressions, [{ person: 'anon', channel: null, reason: 'bounce', at: NOON }]);
        await tx.add(enrolments, [
          enrolment('live', { person: 'anon' }),
          enrolment('ended', { person: 'anon', status: 'goal', endedAt: NOON }),
          enrolment('elsewhere', { journey: 'other' }),
        ]);
        await tx.add(decisions, [decision('d', { person: 'anon' })]);
        await tx.add(messages, [message('m', { person: 'anon' })]);
        await tx.add(laneRows, [laneRow('l', { person: 'anon' })]);
        await tx.add(misfits, [
          { ...{ source: 's', id: '1', person: 'anon', at: NOON, name: 'Identified' }, ...MISFIT },
        ]);
        await tx.movePerson('anon', 'ana');
      });
      await use(async (tx) => {
        expect(await tx.find(people, {})).toEqual([person('ana')]);
        expect(await tx.find(merged, {})).toEqual([{ id: 'anon', into: 'ana', at: null }]);
        expect(await tx.find(identities, { person: 'ana' })).toMatchObject([{ value: 'x' }]);
        expect((await tx.find(events, { person: 'ana' })).map(({ id }) => id)).toEqual(['2', '1']);
        const states = (await tx.find(consents, { person: 'ana' })).map(({ state }) => state);
        expect(states).toEqual(['in', 'out']);
        const runs = (await tx.find(enrolments, { person: 'ana' })).map(({ id }) => id);
        expect(runs).toEqual(['live', 'ended', 'elsewhere']);
        for (const table of OF_PEOPLE)
          expect(await tx.find(table, { person: 'ana' }), table.name).not.toEqual([]);
        for (const table of OF_PEOPLE)
          expect(await tx.find(table, { person: 'anon' }), table.name).toEqual([]);
      });
    });

    test('is refused where both have a run under way, and then nothing moves', async () => {
      await use(async (tx) => {
        await tx.add(people, [person('anon'), person('ana')]);
        await tx.add(identities, [{ kind: 'anonymous', value: 'x', person: 'anon' }]);
        await tx.add(enrolments, [
          enrolment('1', { person: 'anon', status: 'parked' }),
          enrolment('2'),
        ]);
      });
      const attempt = use((tx) => tx.movePerson('anon', 'ana'));
      await expect(attempt).rejects.toThrow(ConstraintError);
      await expect(attempt).rejects.toMatchObject({ constraint: 'enrolments.underWay' });
      expect(await use((tx) => tx.find(people, {}))).toHaveLength(2);
      expect(await use((tx) => tx.find(identities, { person: 'anon' }))).toHaveLength(1);
      await use(async (tx) => {
        await tx.change(enrolments, [{ id: '1', status: 'merged', endedAt: NOON }]);
        await tx.movePerson('anon', 'ana');
      });
      expect(await use((tx) => tx.find(enrolments, { person: 'ana' }))).toHaveLength(2);
    });

    test('again leaves nobody pointing at somebody who is gone', async () => {
      await use((tx) =>
        tx.add(
          people,
          ['a', 'b', 'c', 'd'].map((id) => person(id)),
        ),
      );
      await use((tx) => tx.movePerson('a', 'b'));
      await use((tx) => tx.movePerson('b', 'c'));
      await use((tx) => tx.movePerson('d', 'c'));
      const wentTo = async () =>
        Object.fromEntries(
          (await use((tx) => tx.find(merged, {}))).map(({ id, into }) => [id, into]),
        );
      expect(await wentTo()).toEqual({ a: 'c', b: 'c', d: 'c' });
      // One of them is there again, and now is whom the others turn out to be.
      await use((tx) => tx.add(people, [person('a')]));
      await use((tx) => tx.movePerson('c', 'a'));
      expect(await wentTo()).toEqual({ b: 'a', c: 'a', d: 'a' });
      expect(await use((tx) => tx.find(people, {}))).toEqual([person('a')]);
    });

    test('throws away what the past of both came to', async () => {
      const past = (id: string) => ({ id, answers: { meant: [] }, checkpoints: [{ upTo: NOON }] });
      await use((tx) => tx.add(pasts, ['a', 'b', 'c'].map(past)));
      await use((tx) => tx.movePerson('a', 'b'));
      expect(await use((tx) => tx.find(pasts, {}))).toEqual([past('c')]);
    });

    test('with oneself changes nothing', async () => {
      await use((tx) => tx.add(people, [person('ana')]));
      await use((tx) => tx.movePerson('ana', 'ana'));
      expect(await use((tx) => tx.find(people, {}))).toEqual([person('ana')]);
      expect(await use((tx) => tx.find(merged, {}))).toEqual([]);
    });

    test('moves thousands of rows', async () => {
      const rows = many(3_000, (n) =>
        event(`${n}`, { person: n % 2 ? 'anon' : 'ana', at: NOON + n }),
      );
      await use((tx) => tx.add(events, rows));
      await use((tx) => tx.movePerson('anon', 'ana'));
      const moved = await use((tx) => tx.find(events, { person: 'ana' }));
      expect(moved.map(({ id }) => id)).toEqual(many(3_000, String));
    });
  });
}
