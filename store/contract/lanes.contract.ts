/** What every store does with lanes: adding, claiming, finishing, waking. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../store.ts';
import { laneRow, many, NOON } from './sample-rows.ts';
import type { Use } from './store-under-test.ts';

/** Longer than any test runs: a wait that ends was woken. */
const LONG_MS = 50_000;
const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);

export function lanesContract(use: Use, storeOf: () => Store): void {
  describe('lane rows', () => {
    test('are added once per lane and key', async () => {
      await use((tx) => tx.addLaneRows([laneRow('a'), laneRow('a', { cohort: 'x' })]));
      await use((tx) => tx.addLaneRows([laneRow('a', { at: 0 }), laneRow('a', { lane: 'crm' })]));
      const rest = { status: 'waiting', batch: null, code: null, detail: null };
      const found = await use((tx) => tx.laneRows({ keys: ['a'] }));
      expect(found).toEqual([
        { ...laneRow('a'), ...rest },
        { ...laneRow('a', { lane: 'crm' }), ...rest },
      ]);
    });

    test('are claimed oldest first and answer whole, then finish', async () => {
      await use((tx) => tx.addLaneRows([laneRow('z', { at: NOON + 9 }), laneRow('b')]));
      await use((tx) => tx.addLaneRows([laneRow('a'), laneRow('crm', { lane: 'crm' })]));
      const first = await use((tx) => tx.claim('email', 'batch-1', 2));
      expect(first).toEqual(await use((tx) => tx.laneRows({ keys: ['z', 'b'] })));
      expect(first).toMatchObject([
        { key: 'z', status: 'claimed', batch: 'batch-1', payload: { message: 'z' } },
        { key: 'b' },
      ]);
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-2', 5)))).toEqual(['a']);
      expect(await use((tx) => tx.claim('email', 'batch-3', 5))).toEqual([]);
      expect(keysOf(await use((tx) => tx.unfinished('email')))).toEqual(['z', 'b', 'a']);
      const done = { lane: 'email', status: 'done', code: null, detail: null } as const;
      await use((tx) =>
        tx.finish([
          { ...done, key: 'b' },
          { ...done, key: 'a', status: 'failed', code: 'refused', detail: 'no such address' },
          { ...done, key: 'unknown' },
        ]),
      );
      expect(keysOf(await use((tx) => tx.unfinished('email')))).toEqual(['z']);
      expect(await use((tx) => tx.laneRows({ keys: ['a'], lane: 'email' }))).toMatchObject([
        { status: 'failed', code: 'refused', detail: 'no such address', batch: 'batch-2' },
      ]);
    });

    test('put back wait again in their old place', async () => {
      await use((tx) => tx.addLaneRows([laneRow('a'), laneRow('b'), laneRow('c')]));
      await use((tx) => tx.claim('email', 'batch-1', 2));
      const back = { lane: 'email', status: 'waiting', code: 'later', detail: null } as const;
      await use((tx) => tx.finish([{ ...back, key: 'b' }]));
      expect(await use((tx) => tx.laneRows({ keys: ['b'] }))).toMatchObject([
        { status: 'waiting', batch: null, code: 'later' },
      ]);
      expect(keysOf(await use((tx) => tx.claim('email', 'batch-2', 9)))).toEqual(['b', 'c']);
    });

    test('of batches cut short stay together, the oldest batch first', async () => {
      await use((tx) => tx.addLaneRows(many(4, (n) => laneRow(`${n}`))));
      await use((tx) => tx.claim('email', 'one', 2));
      const back = { lane: 'email', status: 'waiting', code: null, detail: null } as const;
      await use((tx) => tx.finish([{ ...back, key: '1' }]));
      await use((tx) => tx.claim('email', 'two', 2));
      await use((tx) => tx.finish([{ ...back, key: '0' }]));
      await use((tx) => tx.claim('email', 'a-third', 2));
      const unfinished = await use((tx) => tx.unfinished('email'));
      expect(unfinished.map(({ key, batch }) => [batch, key])).toEqual([
        ['a-third', '0'],
        ['a-third', '3'],
        ['two', '1'],
        ['two', '2'],
      ]);
      expect(await use((tx) => tx.unfinished('crm'))).toEqual([]);
    });

    test('are counted and found per cohort while open', async () => {
      await use((tx) =>
        tx.addLaneRows([
          laneRow('a'),
          laneRow('b'),
          laneRow('c', { lane: 'signals' }),
          laneRow('d', { cohort: 'other' }),
        ]),
      );
      await use((tx) => tx.claim('email', 'batch', 1));
      const done = { lane: 'email', status: 'done', code: null, detail: null } as const;
      await use((tx) => tx.finish([{ ...done, key: 'b' }]));
      await use(async (tx) => {
        expect(await tx.countOpen('nurture/0')).toBe(2);
        expect(await tx.countOpen('nobody')).toBe(0);
        const cohort = 'nurture/0';
        expect(keysOf(await tx.laneRows({ cohort, open: true }))).toEqual(['a', 'c']);
        expect(keysOf(await tx.laneRows({ cohort, open: false }))).toEqual(['b']);
        expect(keysOf(await tx.laneRows({ cohort, lane: 'signals' }))).toEqual(['c']);
        expect(keysOf(await tx.laneRows({ lane: 'email' }))).toEqual(['a', 'b', 'd']);
        expect(keysOf(await tx.laneRows({ keys: ['d', 'a'], cohort }))).toEqual(['a']);
      });
    });

    test('are claimed by one claimer only', async () => {
      const rows = many(300, (n) => laneRow(`${n}`));
      await use((tx) => tx.addLaneRows(rows));
      const claims = many(20, (n) => use((tx) => tx.claim('email', `batch-${n}`, 20)));
      const claimed = keysOf((await Promise.all(claims)).flat());
      expect(new Set(claimed).size).toBe(claimed.length);
      const left = await use((tx) => tx.claim('email', 'rest', 1_000));
      expect(claimed.length + left.length).toBe(300);
    });

    test('ten thousand in one call', async () => {
      await use((tx) => tx.addLaneRows(many(10_000, (n) => laneRow(`${n}`))));
      const claimed = await use((tx) => tx.claim('email', 'batch', 10_000));
      expect(keysOf(claimed)).toEqual(many(10_000, String));
      const done = { lane: 'email', status: 'done', code: null, detail: null } as const;
      await use((tx) => tx.finish(claimed.map(({ key }) => ({ ...done, key }))));
      expect(await use((tx) => tx.countOpen('nurture/0'))).toBe(0);
    });
  });

  wakeContract(use, storeOf);
}

function wakeContract(use: Use, storeOf: () => Store): void {
  describe('waiting for rows', () => {
    beforeEach(async () => {
      // Notifications of earlier tests may still be under way: this one comes after all of them.
      for (const lane of ['email', 'crm'] as const) {
        await use((tx) => tx.addLaneRows([laneRow('earlier', { lane })]));
        await storeOf().waitForRows(lane, LONG_MS);
        await use((tx) => tx.claim(lane, 'earlier', 1_000));
      }
    });

    test('ends when rows are added', async () => {
      const woken = storeOf().waitForRows('email', LONG_MS);
      await use((tx) => tx.addLaneRows([laneRow('a')]));
      await woken;
    });

    test('ends at once when rows came after the last claim', async () => {
      await use((tx) => tx.claim('email', 'batch', 5));
      await use((tx) => tx.addLaneRows([laneRow('a')]));
      await storeOf().waitForRows('email', LONG_MS);
    });

    test('ends at its time-out, whatever happens elsewhere or is rolled back', async () => {
      let woken = false;
      const wait = storeOf()
        .waitForRows('crm', 150)
        .then(() => (woken = true));
      await use((tx) => tx.addLaneRows([laneRow('a')]));
      await use(async (tx) => {
        await tx.addLaneRows([laneRow('b', { lane: 'crm' })]);
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
