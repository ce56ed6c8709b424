/** What every store does with enrolments, decisions and messages. */
import { describe, expect, test } from 'vitest';
import type { Where } from '../store.ts';
import { type Decision, decisions, enrolments, type Message, messages } from '../tables/index.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { decision, enrolment, many, message, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function journeysContract(use: Use): void {
  enrolmentContract(use);

  describe('decisions', () => {
    test('are made once: the first answer stays', async () => {
      await use((tx) => tx.add(decisions, [decision('a'), decision('a', { verdict: 'skip' })]));
      const again = [decision('a', { answer: null }), decision('b')];
      expect(await use((tx) => tx.add(decisions, again))).toEqual([decision('b')]);
      const found = await use((tx) => tx.find(decisions, { key: ['a', 'x'] }));
      expect(found).toEqual([decision('a')]);
    });

    test('are found by run, journey and person together, oldest first', async () => {
      const rows = [
        decision('late', { at: NOON + 1, answer: null, until: NOON + 2 }),
        decision('z', { answer: 'text', looked: { score: 82, tags: [null] } }),
        decision('a', { answer: [1, null] }),
        decision('ben', { person: 'ben', run: 'run-2' }),
        decision('other', { journey: 'other', outcome: 'yes' }),
      ];
      await use((tx) => tx.add(decisions, rows));
      const find = async (where: Where<Decision>) =>
        (await use((tx) => tx.find(decisions, where))).map(({ key }) => key);
      expect(await find({ run: ['run-1'], journey: 'nurture' })).toEqual(['z', 'a', 'late']);
      expect(await find({ person: ['ben', 'ana'], run: ['run-2'] })).toEqual(['ben']);
      expect(await find({ journey: 'other' })).toEqual(['other']);
      expect(await find({ outcome: null, run: 'run-1' })).toEqual(['z', 'a', 'late']);
      expect(await find({})).toEqual(['z', 'a', 'ben', 'other', 'late']);
      expect(await use((tx) => tx.find(decisions, { key: ['late', 'z'] }))).toEqual([
        rows[1],
        rows[0],
      ]);
      expect(await find({ key: ['a', 'ben'], person: ['ben'] })).toEqual(['ben']);
    });
  });

  messageContract(use);

  test('ten thousand messages, their outcomes and positions', async () => {
    const ids = many(10_000, (n) => `m${n}`);
    await use(async (tx) => {
      await tx.add(
        messages,
        ids.map((id) => message(id)),
      );
      await tx.change(
        messages,
        ids.map((key) => ({ key, status: 'sent' as const, code: null, providerId: `p-${key}` })),
      );
      await tx.add(
        enrolments,
        ids.map((id) => enrolment(id, { person: id })),
      );
      await tx.change(
        enrolments,
        ids.map((id) => ({ id, step: 'end', since: NOON + 1 })),
      );
    });
    expect(await use((tx) => tx.countMessages(['ana'], 'email', 'marketing', NOON))).toEqual([
      { person: 'ana', count: 10_000, oldest: NOON },
    ]);
    const steps = await use((tx) => tx.count(enrolments, ['step'], { journey: 'nurture' }));
    expect(steps).toEqual([{ step: 'end', count: 10_000 }]);
    expect(await use((tx) => tx.find(enrolments, { id: ids }))).toHaveLength(10_000);
  });
}

function enrolmentContract(use: Use): void {
  describe('enrolments', () => {
    test('take the next places, cohort by cohort, per journey', async () => {
      expect(await use((tx) => tx.takePlaces('nurture', 2, 3))).toEqual([0, 0, 1]);
      expect(await use((tx) => tx.takePlaces('nurture', 2, 0))).toEqual([]);
      expect(await use((tx) => tx.takePlaces('nurture', 2, 2))).toEqual([1, 2]);
      expect(await use((tx) => tx.takePlaces('other', 1, 2))).toEqual([0, 1]);
    });

    test('share no place when many transactions take them at once', async () => {
      const takes = many(20, () => use((tx) => tx.takePlaces('nurture', 1, 3)));
      const taken = (await Promise.all(takes)).flat();
      expect(taken.sort((a, b) => a - b)).toEqual(many(60, (n) => n));
    });

    test('are added once by id and found by every column together', async () => {
      const rows = [
        enrolment('1'),
        enrolment('2', { journey: 'other', step: null }),
        enrolment('3', { person: 'ben', status: 'goal', endedAt: NOON + 1 }),
        enrolment('4', { person: 'ben', plan: 'face', status: 'parked', error: 'boom' }),
      ];
      await use((tx) => tx.add(enrolments, rows));
      await use((tx) => tx.add(enrolments, [enrolment('1', { plan: 'changed' })]));
      await use(async (tx) => {
        expect(await tx.find(enrolments, {})).toEqual(rows);
        expect(await tx.find(enrolments, { id: ['3', '1'], status: 'live' })).toEqual([rows[0]]);
        expect(await tx.find(enrolments, { person: ['ana'], journey: 'other' })).toEqual([rows[1]]);
        const intro = { journey: 'nurture', step: 'email:intro' };
        expect(await tx.find(enrolments, intro)).toHaveLength(3);
        expect(await tx.find(enrolments, { id: '1', person: ['ben'] })).toEqual([]);
        expect(await tx.find(enrolments, { step: null })).toEqual([rows[1]]);
        const underWay = { status: UNDER_WAY };
        const cohort = 'nurture/0';
        expect(await tx.find(enrolments, { cohort, ...underWay })).toHaveLength(3);
        expect(await tx.find(enrolments, { plan: 'cafe', ...underWay })).toEqual(rows.slice(0, 2));
        expect(await tx.find(enrolments, { plan: 'cafe', status: 'goal' })).toEqual([rows[2]]);
        expect(await tx.find(enrolments, { cohort })).toHaveLength(4);
        const person = ['ana', 'ben'];
        expect(await tx.find(enrolments, { person, journey: 'nurture', ...underWay })).toEqual([
          rows[0],
          rows[3],
        ]);
      });
    });

    test('move, end, and are counted where they stand', async () => {
      const rows = many(4, (n) => enrolment(`${n}`, { person: `p${n}`, step: null }));
      await use((tx) => tx.add(enrolments, rows));
      const moved = { status: 'live', step: 'wait:9d', endedAt: null, error: null } as const;
      const parked = { ...moved, status: 'parked', error: 'boom', endedAt: NOON } as const;
      await use((tx) =>
        tx.change(enrolments, [
          { ...moved, id: '1', since: NOON + 1 },
          { ...moved, id: '1', since: NOON + 2 },
          { ...parked, id: '2', since: NOON },
          { ...moved, id: 'unknown', since: NOON },
        ]),
      );
      const counts = await use((tx) =>
        tx.count(enrolments, ['status', 'step'], { journey: ['nurture', 'x'] }),
      );
      expect(counts.sort((a, b) => a.count - b.count || (a.status < b.status ? -1 : 1))).toEqual([
        { status: 'live', step: 'wait:9d', count: 1 },
        { status: 'parked', step: 'wait:9d', count: 1 },
        { status: 'live', step: null, count: 2 },
      ]);
      expect(await use((tx) => tx.find(enrolments, {}))).toEqual([
        rows[0],
        { ...rows[1], ...moved, since: NOON + 2 },
        { ...rows[2], ...parked },
        rows[3],
      ]);
    });

    test('are counted and gone through as far as they fit', async () => {
      const rows = many(6, (n) =>
        enrolment(`${n}`, {
          person: `p${n}`,
          journey: n % 2 === 0 ? 'x' : 'y',
          enteredAt: NOON + n,
        }),
      );
      await use((tx) => tx.add(enrolments, rows));
      const within = { column: 'enteredAt', from: NOON + 1, to: NOON + 5 } as const;
      const counts = await use((tx) => tx.count(enrolments, ['journey'], {}, within));
      expect(counts.sort((a, b) => (a.journey < b.journey ? -1 : 1))).toEqual([
        { journey: 'x', count: 2 },
        { journey: 'y', count: 2 },
      ]);
      expect(
        await use((tx) => tx.count(enrolments, [], {}, { ...within, column: 'endedAt' })),
      ).toEqual([]);
      const page = async (after?: string) => {
        const found = await use((tx) =>
          tx.page(enrolments, { limit: 2, after, where: { journey: 'x' } }),
        );
        return found.map(({ id }) => id);
      };
      const ids = rows.flatMap(({ id, journey }) => (journey === 'x' ? id : []));
      expect(await page()).toEqual(ids.slice(0, 2));
      expect(await page(ids[1])).toEqual(ids.slice(2));
      const last = await use((tx) =>
        tx.page(enrolments, { limit: 2, after: ids[2], where: { journey: 'x' }, backwards: true }),
      );
      expect(last.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
      expect(await use((tx) => tx.page(enrolments, { limit: 2, where: { journey: [] } }))).toEqual(
        [],
      );
    });

    test('are counted all together, which are none where there is none', async () => {
      const count = (journey: string[]) => use((tx) => tx.count(enrolments, [], { journey }));
      expect(await count(['nurture'])).toEqual([]);
      await use((tx) => tx.add(enrolments, [enrolment('1'), enrolment('2', { person: 'ben' })]));
      expect(await count(['nurture'])).toEqual([{ count: 2 }]);
      expect(await count(['other'])).toEqual([]);
      expect(await count([])).toEqual([]);
    });

    test('keep all that is needed to go on', async () => {
      const run = {
        ...{ id: '1', lead: 'ana', plan: 'cafe', zone: 'UTC', entered: NOON, step: 'x' },
        ...{ since: NOON, phase: [1, null], scopes: {}, marks: {}, rechecks: {} },
        ...{ requests: 2, ways: 1 },
      };
      await use((tx) => tx.add(enrolments, [enrolment('1', { position: { run } })]));
      const [found] = await use((tx) => tx.find(enrolments, { id: '1' }));
      expect(found?.position).toEqual({ run });
      await use((tx) => tx.change(enrolments, [{ id: '1', position: null, status: 'goal' }]));
      expect(await use((tx) => tx.find(enrolments, { position: null }))).toEqual([
        enrolment('1', { status: 'goal' }),
      ]);
    });
  });
}

function messageContract(use: Use): void {
  describe('messages', () => {
    test('are added once, rendered and given an outcome', async () => {
      await use((tx) => tx.add(messages, [message('a'), message('a', { person: 'ben' })]));
      await use((tx) => tx.add(messages, [message('a', { status: 'sent' })]));
      const rendered = { subject: 'Hola, señora', html: '<p>"1" & 2</p>' };
      const outcome = { key: 'a', status: 'refused', code: 'bad-address' } as const;
      await use((tx) => tx.change(messages, [{ key: 'a', rendered }]));
      await use((tx) => tx.change(messages, [{ key: 'x', rendered }]));
      await use((tx) => tx.change(messages, [{ ...outcome, providerId: null }]));
      expect(await use((tx) => tx.find(messages, { key: ['a', 'x'] }))).toEqual([
        message('a', { rendered, status: 'refused', code: 'bad-address' }),
      ]);
    });

    test('are found by person, oldest first', async () => {
      await use((tx) =>
        tx.add(messages, [
          message('new', { at: NOON + 1, topic: null, from: null }),
          message('old', { at: NOON - 1 }),
          message('now'),
          message('ben', { person: 'ben' }),
        ]),
      );
      const find = async (where: Where<Message>) =>
        (await use((tx) => tx.find(messages, where))).map(({ key }) => key);
      expect(await find({ person: ['ana', 'ben'] })).toEqual(['old', 'now', 'ben', 'new']);
      expect(await find({ key: ['ben', 'old'], person: 'ben' })).toEqual(['ben']);
      expect(await find({ key: ['now', 'new', 'old', 'now'] })).toEqual(['old', 'now', 'new']);
    });

    test('use up caps unless they reached nobody', async () => {
      await use((tx) =>
        tx.add(messages, [
          message('1', { at: NOON + 2 }),
          message('2', { at: NOON, status: 'unknown' }),
          message('3', { at: NOON - 1 }),
          message('4', { status: 'refused' }),
          message('5', { status: 'withheld' }),
          message('6', { channel: 'sms' }),
          message('7', { class: 'transactional' }),
          message('8', { person: 'ben', status: 'refused' }),
        ]),
      );
      expect(
        await use((tx) => tx.countMessages(['ana', 'ana', 'ben'], 'email', 'marketing', NOON)),
      ).toEqual([{ person: 'ana', count: 2, oldest: NOON }]);
    });
  });
}
