/** What every store does with enrolments, decisions and messages. */
import { describe, expect, test } from 'vitest';
import { LiveRunError } from '../live-run-error.ts';
import { decision, enrolment, many, message, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

export function journeysContract(use: Use): void {
  enrolmentContract(use);

  describe('decisions', () => {
    test('are made once: the first answer stays', async () => {
      await use((tx) => tx.addDecisions([decision('a'), decision('a', { verdict: 'skip' })]));
      await use((tx) => tx.addDecisions([decision('a', { answer: null }), decision('b')]));
      expect(await use((tx) => tx.decisions({ keys: ['a', 'x'] }))).toEqual([decision('a')]);
    });

    test('are found by run, journey and person together, oldest first', async () => {
      const rows = [
        decision('late', { at: NOON + 1, answer: null, until: NOON + 2 }),
        decision('z', { answer: 'text' }),
        decision('a', { answer: [1, null] }),
        decision('ben', { person: 'ben', run: 'run-2' }),
        decision('other', { journey: 'other' }),
      ];
      await use((tx) => tx.addDecisions(rows));
      const find = async (where: { runs?: string[]; journey?: string; people?: string[] }) =>
        (await use((tx) => tx.decisions(where))).map(({ key }) => key);
      expect(await find({ runs: ['run-1'], journey: 'nurture' })).toEqual(['z', 'a', 'late']);
      expect(await find({ people: ['ben', 'ana'], runs: ['run-2'] })).toEqual(['ben']);
      expect(await find({ journey: 'other' })).toEqual(['other']);
      expect(await find({})).toEqual(['z', 'a', 'ben', 'other', 'late']);
      expect(await use((tx) => tx.decisions({ keys: ['late'] }))).toEqual([rows[0]]);
      expect(await use((tx) => tx.decisions({ keys: ['a', 'ben'], people: ['ben'] }))).toEqual([
        rows[3],
      ]);
    });
  });

  messageContract(use);

  test('ten thousand messages, their outcomes and positions', async () => {
    const ids = many(10_000, (n) => `m${n}`);
    await use(async (tx) => {
      await tx.addMessages(ids.map((id) => message(id)));
      await tx.putMessageOutcomes(
        ids.map((key) => ({ key, status: 'sent' as const, code: null, providerId: `p-${key}` })),
      );
      await tx.addEnrolments(ids.map((id) => enrolment(id, { person: id })));
      await tx.putPositions(
        ids.map((run) => ({ ...enrolment(run), run, step: 'end', since: NOON + 1 })),
      );
    });
    expect(await use((tx) => tx.countMessages(['ana'], 'email', 'marketing', NOON))).toEqual([
      { person: 'ana', count: 10_000, oldest: NOON },
    ]);
    expect(await use((tx) => tx.countSteps('nurture'))).toEqual([{ step: 'end', count: 10_000 }]);
    expect(await use((tx) => tx.enrolments({ ids }))).toHaveLength(10_000);
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

    test('are added once by id and found by every filter together', async () => {
      const rows = [
        enrolment('1'),
        enrolment('2', { journey: 'other', step: null }),
        enrolment('3', { person: 'ben', status: 'goal', endedAt: NOON + 1 }),
      ];
      await use((tx) => tx.addEnrolments(rows));
      await use((tx) => tx.addEnrolments([enrolment('1', { plan: 'changed' })]));
      await use(async (tx) => {
        expect(await tx.enrolments({})).toEqual(rows);
        expect(await tx.enrolments({ ids: ['3', '1'], status: 'live' })).toEqual([rows[0]]);
        expect(await tx.enrolments({ people: ['ana'], journey: 'other' })).toEqual([rows[1]]);
        expect(await tx.enrolments({ journey: 'nurture', step: 'email:intro' })).toHaveLength(2);
        expect(await tx.enrolments({ ids: ['1'], people: ['ben'] })).toEqual([]);
      });
    });

    test('refuse a second live run of one person in one journey', async () => {
      await use((tx) => tx.addEnrolments([enrolment('1', { status: 'exit' }), enrolment('2')]));
      await expect(use((tx) => tx.addEnrolments([enrolment('3')]))).rejects.toThrow(LiveRunError);
      await use((tx) => tx.addEnrolments([enrolment('4', { status: 'completed' })]));
      expect(await use((tx) => tx.enrolments({ people: ['ana'] }))).toHaveLength(3);
    });

    test('move, end, and are counted where they stand', async () => {
      await use((tx) =>
        tx.addEnrolments(many(4, (n) => enrolment(`${n}`, { person: `p${n}`, step: null }))),
      );
      const position = { status: 'live', step: 'wait:9d', endedAt: null, error: null } as const;
      const parked = { ...position, status: 'parked', error: 'boom', endedAt: NOON } as const;
      await use((tx) =>
        tx.putPositions([
          { ...position, run: '1', since: NOON + 1 },
          { ...position, run: '1', since: NOON + 2 },
          { ...parked, run: '2', since: NOON },
          { ...position, run: 'unknown', since: NOON },
        ]),
      );
      const counts = await use((tx) => tx.countSteps('nurture'));
      expect(counts.sort((a, b) => a.count - b.count)).toEqual([
        { step: 'wait:9d', count: 1 },
        { step: null, count: 2 },
      ]);
      expect(await use((tx) => tx.enrolments({ ids: ['1', '2'] }))).toMatchObject([
        { since: NOON + 2, step: 'wait:9d', enteredAt: NOON },
        { status: 'parked', error: 'boom', endedAt: NOON },
      ]);
    });
  });
}

function messageContract(use: Use): void {
  describe('messages', () => {
    test('are added once, rendered and given an outcome', async () => {
      await use((tx) => tx.addMessages([message('a'), message('a', { person: 'ben' })]));
      await use((tx) => tx.addMessages([message('a', { status: 'sent' })]));
      const rendered = { subject: 'Hola, señora', html: '<p>"1" & 2</p>' };
      const outcome = { key: 'a', status: 'refused', code: 'bad-address', providerId: null };
      await use((tx) => tx.putRendered([{ key: 'a', rendered }]));
      await use((tx) => tx.putRendered([{ key: 'x', rendered }]));
      await use((tx) => tx.putMessageOutcomes([{ ...outcome, status: 'refused' }]));
      expect(await use((tx) => tx.messages({ keys: ['a', 'x'] }))).toEqual([
        message('a', { rendered, status: 'refused', code: 'bad-address' }),
      ]);
    });

    test('are found by person since an instant, that instant included', async () => {
      await use((tx) =>
        tx.addMessages([
          message('new', { at: NOON + 1, topic: null, from: null }),
          message('old', { at: NOON - 1 }),
          message('now'),
          message('ben', { person: 'ben' }),
        ]),
      );
      const find = async (where: { keys?: string[]; people?: string[]; since?: number }) =>
        (await use((tx) => tx.messages(where))).map(({ key }) => key);
      expect(await find({ people: ['ana'], since: NOON })).toEqual(['now', 'new']);
      expect(await find({ people: ['ana', 'ben'] })).toEqual(['old', 'now', 'ben', 'new']);
      expect(await find({ keys: ['ben', 'old'], people: ['ben'] })).toEqual(['ben']);
      expect(await find({ since: NOON + 1 })).toEqual(['new']);
    });

    test('use up caps unless they reached nobody', async () => {
      await use((tx) =>
        tx.addMessages([
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
