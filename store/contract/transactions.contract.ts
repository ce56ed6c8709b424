/** What every store promises of a transaction: all or nothing, and nothing for nothing. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decision, enrolment, event, laneRow, message, NOON, person } from './sample-rows.ts';
import type { Transaction } from '../store.ts';
import type { Use } from './store-under-test.ts';

export function transactionsContract(use: Use): void {
  describe('a transaction', () => {
    test('answers with what its work answers', async () => {
      expect(await use(async () => ({ fine: true }))).toEqual({ fine: true });
    });

    test('that throws leaves nothing behind', async () => {
      await use(fill);
      const before = await use(everything);
      const attempt = use(async (tx) => {
        await change(tx);
        expect(await everything(tx)).not.toEqual(before);
        throw new Error('on purpose');
      });
      await expect(attempt).rejects.toThrow('on purpose');
      expect(await use(everything)).toEqual(before);
      expect(await use((tx) => tx.takePlaces('nurture', 1, 1))).toEqual([1]);
    });

    test('that a bad row fails throws an error that shows no data of people', async () => {
      // Only a database refuses such a row; what it throws must not carry the row along.
      const bad = { ...person('ana', { profile: { email: 'ana@example.com' } }), createdAt: null };
      const error: unknown = await use((tx) => tx.putPeople([bad as never])).catch((e) => e);
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('ana@example.com');
    });

    test('sees its own writes', async () => {
      await use(async (tx) => {
        await tx.putPeople([person('ana')]);
        expect(await tx.people(['ana'])).toHaveLength(1);
      });
    });

    test('that fails does not disturb the next', async () => {
      const results = await Promise.allSettled([
        use(() => Promise.reject(new Error('on purpose'))),
        use((tx) => tx.putPeople([person('ana')])),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    });

    test('makes counters exact under a lock', async () => {
      await use((tx) => tx.putPeople([person('ana')]));
      const increments = Array.from({ length: 25 }, () =>
        use(async (tx) => {
          await tx.lock(['ana', 'not added yet']);
          await tx.putValue('count', Number((await tx.value('count')) ?? 0) + 1);
        }),
      );
      await Promise.all(increments);
      expect(await use((tx) => tx.value('count'))).toBe(25);
    });

    test('takes empty lists everywhere', async () => {
      await use(async (tx) => {
        await tx.lock([]);
        await Promise.all([tx.putPeople([]), tx.putIdentities([]), tx.addScoreEntries([])]);
        await Promise.all([tx.putLeadScores([]), tx.addConsents([]), tx.addSuppressions([])]);
        await Promise.all([tx.addEnrolments([]), tx.putPositions([]), tx.addDecisions([])]);
        await Promise.all([tx.addMessages([]), tx.putRendered([]), tx.putMessageOutcomes([])]);
        await Promise.all([tx.addLaneRows([]), tx.finish([]), tx.putCrmLinks([])]);
        await fill(tx);
        const nothing = await Promise.all([
          tx.people([]),
          tx.identities([]),
          tx.identitiesOf([]),
          tx.addEvents([]),
          tx.events([]),
          tx.scoreEntries([]),
          tx.leadScores([]),
          tx.consents([]),
          tx.suppressions([]),
          tx.takePlaces('x', 5, 0),
          tx.enrolments({ ids: [] }),
          tx.enrolments({ people: [] }),
          tx.decisions({ keys: [] }),
          tx.decisions({ runs: [] }),
          tx.decisions({ people: [] }),
          tx.messages({ keys: [] }),
          tx.messages({ people: [] }),
          tx.countMessages([], 'email', 'marketing', 0),
          tx.claim('email', 'b', 0),
          tx.laneRows({ keys: [] }),
          tx.crmLinks([]),
        ]);
        expect(nothing.flat()).toEqual([]);
      });
    });
  });

  describe('small values', () => {
    test('of every JSON kind are kept, null apart from absent', async () => {
      for (const value of [0, 'text', '"', null, [1, null], { a: { b: false } }, true]) {
        await use((tx) => tx.putValue('v', value));
        expect(await use((tx) => tx.value('v'))).toEqual(value);
      }
      expect(await use((tx) => tx.value('absent'))).toBeUndefined();
    });

    test('and links to the CRM are replaced', async () => {
      const link = { key: 'lead/ana', kind: 'contact', externalId: '7' };
      await use((tx) => tx.putCrmLinks([link, { ...link, externalId: '8' }]));
      await use((tx) => tx.putCrmLinks([{ ...link, externalId: '9' }]));
      expect(await use((tx) => tx.crmLinks(['lead/ana', 'x']))).toEqual([
        { ...link, externalId: '9' },
      ]);
    });
  });
}

async function fill(tx: Transaction): Promise<void> {
  await tx.putPeople([person('ana'), person('ben')]);
  await tx.putIdentities([{ kind: 'user', value: 'u', person: 'ana' }]);
  await tx.addEvents([event('1')]);
  await tx.addEnrolments([enrolment('1'), enrolment('2', { person: 'ben', enteredAt: NOON + 1 })]);
  await tx.addMessages([message('m')]);
  await tx.addLaneRows([laneRow('a'), laneRow('b'), laneRow('c', { lane: 'crm' })]);
  await tx.takePlaces('nurture', 1, 1);
  await tx.putValue('v', 1);
}

/** At least one write of every kind. */
async function change(tx: Transaction): Promise<void> {
  const score = { person: 'ben', source: 's', event: 'e', rule: 'r', points: 1, at: NOON };
  await tx.putPeople([person('ana', { profile: {} }), person('new')]);
  await tx.putIdentities([{ kind: 'user', value: 'u', person: 'new' }]);
  await tx.addEvents([event('0'), event('2', { person: 'ben' })]);
  await tx.addScoreEntries([score]);
  await tx.putLeadScores([{ person: 'ben', total: 1, grade: null, at: NOON }]);
  await tx.addConsents([{ person: 'ana', topic: 't', state: 'in', at: NOON, source: 's' }]);
  await tx.addSuppressions([{ person: 'ana', channel: null, reason: 'r', at: NOON }]);
  await tx.takePlaces('nurture', 1, 5);
  await tx.addEnrolments([enrolment('9', { person: 'new' })]);
  await tx.putPositions([{ ...enrolment('1'), run: '1', status: 'goal', step: null }]);
  await tx.addDecisions([decision('d')]);
  await tx.addMessages([message('m2')]);
  await tx.putRendered([{ key: 'm', rendered: 'x' }]);
  await tx.putMessageOutcomes([{ key: 'm', status: 'sent', code: null, providerId: 'p' }]);
  await tx.addLaneRows([laneRow('z')]);
  await tx.claim('email', 'batch', 1);
  await tx.finish([{ lane: 'crm', key: 'c', status: 'done', code: null, detail: null }]);
  await tx.putCrmLinks([{ key: 'k', kind: 'c', externalId: '1' }]);
  await tx.putValue('v', 2);
  await tx.putValue('w', 2);
  await tx.mergePeople('ben', 'ana');
}

async function everything(tx: Transaction): Promise<unknown> {
  const people = ['ana', 'ben', 'new'];
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(sortedKeys(row))).sort();
  return {
    people: sorted(await tx.people(people)),
    identities: await tx.identitiesOf(people),
    events: await tx.events(people),
    score: await tx.scoreEntries(people),
    scores: await tx.leadScores(people),
    consents: await tx.consents(people),
    suppressions: await tx.suppressions(people),
    enrolments: await tx.enrolments({}),
    steps: sorted(await tx.countSteps('nurture')),
    decisions: await tx.decisions({}),
    messages: await tx.messages({}),
    lanes: await tx.laneRows({}),
    unfinished: await tx.unfinished('email'),
    open: await tx.countOpen('nurture/0'),
    links: await tx.crmLinks(['k']),
    values: [await tx.value('v'), await tx.value('w')],
  };
}

function sortedKeys(row: object): object {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
