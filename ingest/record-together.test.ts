import { expect, test } from 'vitest';
import * as z from 'zod';
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import { event, journey, lead, waitDays } from '../dsl/index.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import { events } from '../store/tables/index.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { recordTogether } from './record-together.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const config = {
  journeys: [journey('asked', { lead: lead(z.object({})), enter: event('Asked') }, [waitDays(1)])],
};
const asked = (userId: string, id = userId): BehaviourItem => ({
  type: 'track',
  source: 'http',
  id,
  userId,
  at: AT,
  name: 'Asked',
  properties: {},
});

/** Counts transactions; those that hold a poisoned item fail. */
function storeThat(poison = 'none') {
  const real = memoryStore();
  let transactions = 0;
  const store: Store = {
    ...real,
    transaction: async (work) => {
      transactions += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return real.transaction((tx) =>
        work({
          ...tx,
          add: (table, rows) => {
            if (JSON.stringify(rows).includes(poison)) throw new Error('The database refuses it.');
            return tx.add(table, rows);
          },
        }),
      );
    },
  };
  return { store, count: () => transactions };
}

test('what comes while others are recorded is recorded together, and each hears what became of theirs', async () => {
  const { store, count } = storeThat();
  const record = recordTogether(recordingWorld(config, AT, store));
  const users = Array.from({ length: 100 }, (_, i) => `user-${i}`);
  const results = await Promise.all([
    ...users.map((user) => record([asked(user)])),
    record([asked('user-1', 'twice'), asked('user-1', 'twice')]),
    record([asked('user-7')]),
  ]);
  const nothing = { recorded: 0, duplicates: 0, identified: 0, entered: 0, refused: 0 };
  const one = { ...nothing, recorded: 1, entered: 1 };
  expect(results.slice(0, 100)).toEqual(users.map(() => one));
  expect(results[100]).toEqual({ ...nothing, recorded: 1, duplicates: 1, refused: 1 });
  expect(results[101]).toEqual({ ...nothing, duplicates: 1 });
  expect(count()).toBeLessThan(6);
});

test('one that the database refuses stops nobody else', async () => {
  const { store } = storeThat('poison');
  const record = recordTogether(recordingWorld(config, AT, store));
  const users = Array.from({ length: 40 }, (_, i) => (i === 23 ? 'poison' : `user-${i}`));
  const ends = await Promise.allSettled(users.map((user) => record([asked(user)])));
  expect(ends.flatMap(({ status }, i) => (status === 'rejected' ? i : []))).toEqual([23]);
  const rows = await store.transaction((tx) => tx.find(events, {}));
  expect(rows).toHaveLength(39);
});
