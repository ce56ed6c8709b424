/** What every store does with lanes: adding, claiming, finishing, waking. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../store.ts';
import { type LaneRow, laneRows, OPEN } from '../tables/index.ts';
import { laneRow, many, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

/** Longer than any test runs: a wait that ends was woken. */
const LONG_MS = 50_000;
const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);
const DONE = { lane: 'email', status: 'done' } as const;
const BACK = { lane: 'email', status: 'waiting', batch: null } as const;

export function lanesContract(use: Use, storeOf: () => Store): void {
  describe('lane rows', () => {
    test('are added once per lane and key', async () => {
      const rows = [laneRow('a'), laneRow('a', { cohort: 'x' })];
      expect(await use((tx) => tx.add(laneRows, rows))).toEqual([laneRow('a')]);
      const more = [laneRow('a', { at: 0 }), laneRow('a', { lane: 'crm' })];
      expect(await use((tx) => tx.add(laneRows, more))).toEqual(more.slice(1));
      const lane = ['email', 'crm'];
      const found = await use((tx) => tx.find(laneRows, { lane, key: ['a', 'b'] }));
      expect(found).toEqual([laneRow('a'), more[1]]);
    });

    test('are claimed oldest first and answer whole, then finish', async () => {
      await use((tx) => tx.add(laneRows, [laneRow('z', { at: NOON + 9 }), laneRow('b')]));
      await use((tx) => tx.add(laneRows, [laneRow('a'), laneRow('crm', { lane: 'crm' })]));
      const first = await use((tx) => tx.claim('email', 'batch-1', 2, NOON));
      expect(first).toEqual([
        laneRow('z', { at: NOON + 9, status: 'claimed', batch: 'batch-1' }),
        laneRow('b', { status: 'claimed', batch: 'batch-1' }),
      ]);
      expect(await use((tx) => tx.find(laneRows, { status: 'claimed' }))).toEqual(first);
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-2', 5, NOON)))).toEqual(['a']);
      expect(await use((tx) => tx.claim('email', 'batch-3', 5, NOON))).toEqual([]);
      const claimed = { lane: 'email', status: 'claimed' } as const;
      expect(keysOf(await use((tx) => tx.find(laneRows, claimed)))).toEqual(['z', 'b', 'a']);
      const failed = { status: 'failed', code: 'refused', detail: 'no such address' } as const;
      await use((tx) =>
        tx.change(laneRows, [
          { ...DONE, code: null, detail: null, key: 'b' },
          { ...DONE, ...failed, key: 'a' },
          { ...DONE, code: null, detail: null, key: 'unknown' },
        ]),
      );
      expect(keysOf(await use((tx) => tx.find(laneRows, claimed)))).toEqual(['z']);
      expect(await use((tx) => tx.find(laneRows, { key: ['a'], lane: 'email' }))).toEqual([
        laneRow('a', { ...failed, batch: 'batch-2' }),
      ]);
    });

    test('the oldest of a lane that is not over is known', async () => {
      await use((tx) =>
        tx.add(laneRows, [
          laneRow('over', { at: NOON - 9, status: 'done' }),
          laneRow('aside', { at: NOON - 8, status: 'aside' }),
          laneRow('claimed', { at: NOON - 5, status: 'claimed', batch: 'b' }),
          laneRow('a', { at: NOON }),
          laneRow('crm', { at: NOON - 1, lane: 'crm', status: 'later', notBefore: NOON + 9 }),
          laneRow('sms', { lane: 'sms', status: 'done' }),
        ]),
      );
      const oldest = await use((tx) => tx.oldestOpen(['email', 'crm', 'sms', 'none']));
      expect(oldest.toSorted((a, b) => a.at - b.at)).toEqual([
        { lane: 'email', at: NOON - 5 },
        { lane: 'crm', at: NOON - 1 },
      ]);
      expect(await use((tx) => tx.oldestOpen([]))).toEqual([]);
    });

    test('put back wait again in their old place', async () => {
      await use((tx) => tx.add(laneRows, [laneRow('a'), laneRow('b'), laneRow('c')]));
      await use((tx) => tx.claim('email', 'batch-1', 2, NOON));
      await use((tx) => tx.change(laneRows, [{ ...BACK, key: 'b', code: 'later' }]));
      expect(await use((tx) => tx.find(laneRows, { lane: 'email', key: 'b' }))).toEqual([
        laneRow('b', { code: 'later' }),
      ]);
      // One that was over already, too.
      await use((tx) => tx.change(laneRows, [{ ...DONE, key: 'a', status: 'failed' }]));
      await use((tx) => tx.change(laneRows, [{ ...BACK, key: 'a' }]));
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-2', 1, NOON)))).toEqual(['a']);
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-3', 9, NOON)))).toEqual(['b', 'c']);
    });

    test('that wait for an instant are claimed from it on, in their old place', async () => {
      await use((tx) => tx.add(laneRows, [laneRow('a'), laneRow('b'), laneRow('c'), laneRow('d')]));
      await use((tx) => tx.claim('email', 'batch-1', 3, NOON));
      const later = { ...BACK, status: 'later' as const, attempts: 1 };
      await use((tx) =>
        tx.change(laneRows, [
          { ...later, key: 'a', notBefore: NOON + 20 },
          { ...later, key: 'b', notBefore: NOON + 10 },
          { ...later, key: 'c', notBefore: null, status: 'aside' },
        ]),
      );
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-2', 1, NOON + 9)))).toEqual(['d']);
      expect(await use((tx) => tx.claim('email', 'batch-3', 9, NOON + 9))).toEqual([]);
      await use((tx) => tx.add(laneRows, [laneRow('e')]));
      expect(await use((tx) => tx.claim('email', 'batch-4', 2, NOON + 10))).toEqual([
        laneRow('b', { status: 'claimed', batch: 'batch-4', attempts: 1 }),
        laneRow('e', { status: 'claimed', batch: 'batch-4' }),
      ]);
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-5', 9, NOON + 99)))).toEqual(['a']);
      expect(keysOf(await use((tx) => tx.find(laneRows, { status: 'aside' })))).toEqual(['c']);
    });

    test('that wait for one instant are claimed in the order of arrival, whatever changed them last', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(40, (n) => laneRow(String(n))),
        ),
      );
      await use((tx) => tx.claim('email', 'batch-1', 40, NOON));
      for (let n = 39; n >= 0; n -= 1) {
        const later = { ...BACK, status: 'later' as const, notBefore: NOON + 10 };
        await use((tx) => tx.change(laneRows, [{ ...later, key: String(n) }]));
      }
      for (const from of [0, 10]) {
        const claimed = await use((tx) => tx.claim('email', `from-${from}`, 10, NOON + 10));
        expect(keysOf(claimed)).toEqual(many(10, (n) => String(from + n)));
      }
    });

    test('behind a known row are claimed without those before it; a claim without one finds all', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(6, (n) => laneRow(`${n}`)),
        ),
      );
      const [, second] = await use((tx) => tx.claim('email', 'one', 2, NOON));
      const behind = second?.key;
      expect(keysOf(await use((tx) => tx.claim('email', 'two', 2, NOON, behind)))).toEqual([
        '2',
        '3',
      ]);
      await use((tx) =>
        tx.change(laneRows, [
          { ...BACK, key: '0' },
          { ...BACK, key: '2', status: 'later' as const },
        ]),
      );
      await use((tx) => tx.change(laneRows, [{ lane: 'email', key: '2', notBefore: NOON }]));
      const now = NOON + 1;
      // What waits for an instant comes when it has come.
      expect(keysOf(await use((tx) => tx.claim('email', 'three', 9, now, '3')))).toEqual(
        expect.arrayContaining(['2', '4', '5']),
      );
      await use((tx) => tx.claim('email', 'four', 9, now));
      expect(await use((tx) => tx.claim('email', 'five', 9, now, 'unknown'))).toEqual([]);
      const found = await use((tx) => tx.find(laneRows, { lane: 'email', status: 'waiting' }));
      expect(found).toEqual([]);
    });

    test('that are over are deleted oldest first, so many at a time, and no others', async () => {
      const at = (n: number) => ({ at: NOON - n });
      await use((tx) =>
        tx.add(laneRows, [
          laneRow('done', at(10)),
          laneRow('failed', at(30)),
          laneRow('young', at(1)),
          laneRow('crm', { lane: 'crm', ...at(20) }),
          ...['waiting', 'claimed', 'later', 'aside'].map((key) => laneRow(key, at(99))),
        ]),
      );
      const is = (key: string, status: LaneRow['status'], lane = 'email') => ({
        lane,
        key,
        status,
      });
      const failed = is('failed', 'failed');
      await use((tx) =>
        tx.change(laneRows, [
          is('done', 'done'),
          failed,
          is('young', 'done'),
          is('crm', 'done', 'crm'),
          is('claimed', 'claimed'),
          is('later', 'later'),
          is('aside', 'aside'),
        ]),
      );
      const some = await use((tx) => tx.deleteFinished(NOON - 5, 2));
      expect(some).toEqual([
        laneRow('failed', { status: 'failed', ...at(30) }),
        laneRow('crm', { lane: 'crm', status: 'done', ...at(20) }),
      ]);
      expect(keysOf(await use((tx) => tx.deleteFinished(NOON - 5, 2)))).toEqual(['done']);
      expect(await use((tx) => tx.deleteFinished(NOON - 5, 2))).toEqual([]);
      expect(keysOf(await use((tx) => tx.find(laneRows, {})))).toEqual([
        'young',
        'waiting',
        'claimed',
        'later',
        'aside',
      ]);
    });

    test('of batches cut short are found in the order of arrival', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(4, (n) => laneRow(`${n}`)),
        ),
      );
      await use((tx) => tx.claim('email', 'one', 2, NOON));
      await use((tx) => tx.change(laneRows, [{ ...BACK, key: '1' }]));
      await use((tx) => tx.claim('email', 'two', 2, NOON));
      await use((tx) => tx.change(laneRows, [{ ...BACK, key: '0' }]));
      await use((tx) => tx.claim('email', 'a-third', 2, NOON));
      const unfinished = await use((tx) =>
        tx.find(laneRows, { lane: ['email', 'crm'], status: 'claimed' }),
      );
      expect(unfinished.map(({ key, batch }) => [batch, key])).toEqual([
        ['a-third', '0'],
        ['two', '1'],
        ['two', '2'],
        ['a-third', '3'],
      ]);
      expect(await use((tx) => tx.find(laneRows, { lane: 'crm', status: 'claimed' }))).toEqual([]);
    });

    test('are changed only where they are as they are thought to be', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(4, (n) => laneRow(`${n}`)),
        ),
      );
      await use((tx) => tx.claim('email', 'one', 2, NOON));
      const finished = many(4, (n) => ({ ...DONE, key: `${n}` }));
      await use((tx) => tx.change(laneRows, finished, { status: 'claimed', batch: ['one', 'x'] }));
      await use((tx) => tx.change(laneRows, finished, { code: ['none'] }));
      await use((tx) => tx.change(laneRows, finished, { code: [] }));
      // The last of two counts, and what they are is what they were before the call.
      const twice = [
        { ...DONE, key: '3' },
        { ...DONE, key: '3', status: 'failed' as const },
      ];
      await use((tx) => tx.change(laneRows, twice, { status: 'waiting', code: null }));
      const found = await use((tx) => tx.find(laneRows, {}));
      expect(found.map(({ status }) => status)).toEqual(['done', 'done', 'waiting', 'failed']);
    });

    test('are counted and found per person while open', async () => {
      await use((tx) =>
        tx.add(laneRows, [
          laneRow('a'),
          laneRow('b'),
          laneRow('c', { lane: 'signals' }),
          laneRow('d', { person: 'ben' }),
        ]),
      );
      await use((tx) => tx.claim('email', 'batch', 1, NOON));
      await use((tx) => tx.change(laneRows, [{ ...DONE, key: 'b' }]));
      await use(async (tx) => {
        const open = await tx.count(laneRows, ['lane', 'status'], { status: OPEN });
        expect(open.sort((a, b) => (a.lane + a.status < b.lane + b.status ? -1 : 1))).toEqual([
          { lane: 'email', status: 'claimed', count: 1 },
          { lane: 'email', status: 'waiting', count: 1 },
          { lane: 'signals', status: 'waiting', count: 1 },
        ]);
        expect(keysOf(await tx.find(laneRows, { person: 'ana', status: OPEN }))).toEqual([
          'a',
          'c',
        ]);
        expect(keysOf(await tx.find(laneRows, { person: 'ana', status: 'done' }))).toEqual(['b']);
        expect(keysOf(await tx.find(laneRows, { lane: 'email', status: OPEN }))).toEqual([
          'a',
          'd',
        ]);
        expect(keysOf(await tx.find(laneRows, { lane: 'email' }))).toEqual(['a', 'b', 'd']);
        expect(keysOf(await tx.find(laneRows, { key: ['d', 'a'], cohort: 'nurture/0' }))).toEqual([
          'a',
          'd',
        ]);
      });
    });

    test('are claimed by one claimer only', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(300, (n) => laneRow(`${n}`)),
        ),
      );
      const claims = many(20, (n) => use((tx) => tx.claim('email', `batch-${n}`, 20, NOON)));
      const claimed = keysOf((await Promise.all(claims)).flat());
      expect(new Set(claimed).size).toBe(claimed.length);
      const left = await use((tx) => tx.claim('email', 'rest', 1_000, NOON));
      expect(claimed.length + left.length).toBe(300);
    });

    test('ten thousand in one call', async () => {
      await use((tx) =>
        tx.add(
          laneRows,
          many(10_000, (n) => laneRow(`${n}`)),
        ),
      );
      const claimed = await use((tx) => tx.claim('email', 'batch', 10_000, NOON));
      expect(keysOf(claimed)).toEqual(many(10_000, String));
      await use((tx) =>
        tx.change(
          laneRows,
          claimed.map(({ key }) => ({ ...DONE, key })),
        ),
      );
      expect(await use((tx) => tx.count(laneRows, ['lane'], { status: OPEN }))).toEqual([]);
    });
  });

  wakeContract(use, storeOf);
}

function wakeContract(use: Use, storeOf: () => Store): void {
  describe('waiting for rows', () => {
    beforeEach(async () => {
      // Notifications of earlier tests may still be under way: this one comes after all of them.
      for (const lane of ['email', 'crm']) {
        await use((tx) => tx.add(laneRows, [laneRow('earlier', { lane })]));
        await storeOf().waitForRows(lane, LONG_MS);
        await use((tx) => tx.claim(lane, 'earlier', 1_000, NOON));
      }
    });

    test('ends when rows are added', async () => {
      const woken = storeOf().waitForRows('email', LONG_MS);
      await use((tx) => tx.add(laneRows, [laneRow('a')]));
      await woken;
    });

    test('ends at once when rows came after the last claim', async () => {
      await use((tx) => tx.claim('email', 'batch', 5, NOON));
      await use((tx) => tx.add(laneRows, [laneRow('a')]));
      await storeOf().waitForRows('email', LONG_MS);
    });

    test('ends at its time-out, whatever happens elsewhere or is rolled back', async () => {
      let woken = false;
      const wait = storeOf()
        .waitForRows('crm', 150)
        .then(() => (woken = true));
      await use((tx) => tx.add(laneRows, [laneRow('a')]));
      await use(async (tx) => {
        await tx.add(laneRows, [laneRow('b', { lane: 'crm' })]);
        throw new Error('no');
      }).catch(() => undefined);
      await storeOf().waitForRows('email', LONG_MS);
      expect(woken).toBe(false);
      await wait;
    });

    test('ends when it is aborted, before or during', async () => {
      const { signal } = { signal: AbortSignal.abort() };
      await storeOf().waitForRows('email', LONG_MS, signal);
      const later = new AbortController();
      const wait = storeOf().waitForRows('email', LONG_MS, later.signal);
      later.abort();
      await wait;
    });
  });
}
