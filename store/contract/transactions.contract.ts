/** What every store promises of a transaction: all or nothing, and nothing for nothing. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  consents,
  crmLinks,
  decisions,
  enrolments,
  events,
  identities,
  laneRows,
  merged,
  messages,
  OF_PEOPLE,
  people,
  suppressions,
  TABLES,
  values,
} from '../tables/index.ts';
import {
  consent,
  decision,
  enrolment,
  event,
  laneRow,
  message,
  NOON,
  person,
} from './sample-rows.ts';
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
      // What a database throws carries the row along.
      const bad = { ...person('ana', { profile: { email: 'ana@example.com' } }), createdAt: null };
      const error: unknown = await use((tx) => tx.add(people, [bad as never])).catch((e) => e);
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('ana@example.com');
    });

    test('sees its own writes', async () => {
      await use(async (tx) => {
        await tx.add(people, [person('ana')]);
        expect(await tx.find(people, { id: 'ana' })).toHaveLength(1);
      });
    });

    test('that fails does not disturb the next', async () => {
      const results = await Promise.allSettled([
        use(() => Promise.reject(new Error('on purpose'))),
        use((tx) => tx.add(people, [person('ana')])),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    });

    test('makes counters exact under a lock', async () => {
      await use((tx) => tx.add(people, [person('ana')]));
      const increments = Array.from({ length: 25 }, () =>
        use(async (tx) => {
          await tx.lock(['ana', 'not added yet']);
          const [before] = await tx.find(values, { name: 'count' });
          await tx.add(values, [{ name: 'count', value: Number(before?.value ?? 0) + 1 }]);
        }),
      );
      await Promise.all(increments);
      expect(await use((tx) => tx.find(values, {}))).toEqual([{ name: 'count', value: 25 }]);
    });

    test('takes empty lists everywhere', async () => {
      await use(async (tx) => {
        await tx.lock([]);
        for (const table of TABLES) {
          expect(await tx.add(table, [])).toEqual([]);
          await tx.change(table, []);
        }
        await fill(tx);
        const nothing: unknown[][] = [
          await tx.takePlaces('x', 5, 0),
          await tx.countMessages([], 'email', 'marketing', 0),
          await tx.claim('email', 'b', 0, NOON),
          await tx.count(enrolments, ['status'], { person: [] }),
          await tx.page(people, { limit: 0 }),
        ];
        for (const table of TABLES) {
          const [column = ''] = Object.keys(table.columns);
          nothing.push(await tx.find(table, { [column]: [] }));
        }
        expect(nothing.flat()).toEqual([]);
      });
    });
  });

  describe('small values', () => {
    test('of every JSON kind are kept', async () => {
      const read = () => use((tx) => tx.find(values, { name: 'v' }));
      expect(await read()).toEqual([]);
      for (const value of [0, 'text', '"', null, [1, null], { a: { b: false } }, true]) {
        await use((tx) => tx.add(values, [{ name: 'v', value }]));
        expect(await read()).toEqual([{ name: 'v', value }]);
      }
    });

    test('and links to the CRM are replaced', async () => {
      const link = { key: 'lead/ana', kind: 'contact', externalId: '7' };
      await use((tx) => tx.add(crmLinks, [link, { ...link, externalId: '8' }]));
      await use((tx) => tx.add(crmLinks, [{ ...link, externalId: '9' }]));
      expect(await use((tx) => tx.find(crmLinks, { key: ['lead/ana', 'x'] }))).toEqual([
        { ...link, externalId: '9', madeAs: null },
      ]);
    });
  });
}

async function fill(tx: Transaction): Promise<void> {
  await tx.add(people, [person('ana'), person('ben')]);
  await tx.add(identities, [{ kind: 'user', value: 'u', person: 'ana' }]);
  await tx.add(events, [event('1')]);
  await tx.add(enrolments, [enrolment('1'), enrolment('2', { person: 'ben', journey: 'other' })]);
  await tx.add(messages, [message('m')]);
  await tx.add(laneRows, [laneRow('a'), laneRow('b'), laneRow('c', { lane: 'crm' })]);
  await tx.takePlaces('nurture', 1, 1);
  await tx.add(merged, [{ id: 'anon', into: 'ben' }]);
  await tx.add(values, [{ name: 'v', value: 1 }]);
}

/** At least one write of every kind, and to every table. */
async function change(tx: Transaction): Promise<void> {
  await tx.add(people, [person('ana', { profile: {} }), person('new')]);
  await tx.add(identities, [{ kind: 'user', value: 'u', person: 'new' }]);
  await tx.add(events, [event('0'), event('2', { person: 'ben' })]);
  await tx.add(consents, [consent('t')]);
  await tx.add(suppressions, [{ person: 'ana', channel: null, reason: 'r', at: NOON }]);
  await tx.takePlaces('nurture', 1, 5);
  await tx.add(enrolments, [enrolment('9', { person: 'new' })]);
  await tx.change(enrolments, [{ id: '1', status: 'goal', step: null }]);
  await tx.add(enrolments, [enrolment('10')]);
  await tx.add(decisions, [decision('d')]);
  await tx.add(messages, [message('m2')]);
  await tx.change(messages, [{ key: 'm', rendered: 'x' }]);
  await tx.change(messages, [{ key: 'm', status: 'sent', providerId: 'p' }], { rendered: null });
  await tx.change(messages, [{ key: 'm', status: 'sent', providerId: 'p' }], { code: null });
  await tx.add(laneRows, [laneRow('z')]);
  await tx.claim('email', 'batch', 1, NOON);
  await tx.change(laneRows, [{ lane: 'crm', key: 'c', status: 'done' }]);
  await tx.add(crmLinks, [{ key: 'k', kind: 'c', externalId: '1' }]);
  await tx.add(values, [
    { name: 'v', value: 2 },
    { name: 'w', value: 2 },
  ]);
  await tx.movePerson('ben', 'ana');
}

/** Every row of every table, and what is found by way of indexes. */
async function everything(tx: Transaction): Promise<unknown> {
  const all: unknown[] = [];
  for (const table of TABLES) all.push([table.name, await tx.find(table, {})]);
  for (const table of OF_PEOPLE) {
    const ofEach = await tx.find(table, { person: ['ana', 'ben', 'new'] });
    all.push(ofEach, await tx.count(table, ['person'], { person: 'ana' }));
  }
  return [
    all,
    await tx.page(people, { limit: 9 }),
    await tx.find(merged, { into: ['ana', 'ben'] }),
    await tx.find(enrolments, { cohort: 'nurture/0', status: 'live' }),
    await tx.find(enrolments, { person: 'ana', journey: 'nurture', status: 'live' }),
    await tx.find(laneRows, { lane: 'email', status: 'waiting' }),
    await tx.find(laneRows, { lane: 'email', status: 'claimed' }),
  ];
}
