/** What connections do that nobody asked for: they are ended, fall silent, lock each other, stand still. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freezableProxy } from '../../test/freezable-proxy.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { person } from '../contract/sample-rows.ts';
import type { Store } from '../store.ts';
import { people } from '../tables/index.ts';
import { type ConnectionLimits, LIMITS } from './guarded-pool.ts';
import { openServer } from './open-server.ts';
import { postgresStore } from './postgres-store.ts';

const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;
/** Short enough for a test; what they end would last for ever. */
const SHORT: ConnectionLimits = { statementMs: 300, answerMs: 600, idleTransactionMs: 300 };

describe.skipIf(postgresMissing !== null)(`a Postgres server in trouble${missing}`, () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  async function open(url: string, limits = LIMITS): Promise<Store> {
    const store = postgresStore(await openServer(url, () => undefined, limits));
    onTestFinished(() => store.close());
    return store;
  }

  test('fails the transaction whose connection was ended, and no other', async () => {
    const url = await server.createDatabase();
    const store = await open(url);
    const ended = store.transaction(async (tx) => {
      await tx.add(people, [person('ana')]);
      await endAllOthers(url);
      // The connection says so by itself, while nobody asks it anything.
      await new Promise(setImmediate);
      await tx.add(people, [person('ben')]);
    });
    await expect(ended).rejects.toThrow();
    await store.transaction((tx) => tx.add(people, [person('cem')]));
    expect(await store.transaction((tx) => tx.find(people, {}))).toMatchObject([{ id: 'cem' }]);
  });

  test('is given up when it falls silent, and used again when it speaks', async () => {
    const url = new URL(await server.createDatabase());
    const proxy = await freezableProxy({ host: url.hostname, port: Number(url.port) });
    onTestFinished(() => proxy.close());
    url.port = String(proxy.port);
    const store = await open(url.href, SHORT);
    const add = (id: string) => store.transaction((tx) => tx.add(people, [person(id)]));
    await Promise.all(['a', 'b', 'c'].map(add));
    proxy.freeze();
    const lost = await Promise.allSettled(['d', 'e', 'f'].map(add));
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    proxy.heal();
    await Promise.all(['g', 'h', 'i'].map(add));
    const kept = await store.transaction((tx) => tx.find(people, { id: ['a', 'c', 'g', 'i'] }));
    expect(kept).toHaveLength(4);
  });

  test('tries again what deadlocked with somebody else', async () => {
    const url = await server.createDatabase();
    const store = await open(url);
    const ids = ['ana', 'ben'];
    await store.transaction((tx) =>
      tx.add(
        people,
        ids.map((id) => person(id)),
      ),
    );
    let tries = 0;
    // Each has one and wants the other: the first time round they meet.
    const meeting = barrier(2);
    const lockBoth = (order: readonly string[]) =>
      store.transaction(async (tx) => {
        tries += 1;
        for (const id of order) {
          await tx.lock([id]);
          await meeting();
        }
        const [known] = await tx.find(people, { id: 'ana' });
        const count = Number(known?.profile['count'] ?? 0) + 1;
        await tx.change(people, [{ id: 'ana', profile: { count } }]);
      });
    await Promise.all([lockBoth(ids), lockBoth(ids.toReversed())]);
    expect(tries).toBe(3);
    const [ana] = await store.transaction((tx) => tx.find(people, { id: 'ana' }));
    expect(ana?.profile).toEqual({ count: 2 });
  });

  test('frees the locks of a transaction that stands still', async () => {
    const url = await server.createDatabase();
    const [stopped, store] = [await open(url, SHORT), await open(url)];
    const locked = promised();
    const goOn = promised();
    const standing = stopped.transaction(async (tx) => {
      await tx.lock(['ana']);
      locked.resolve();
      await goOn.promise;
      await tx.add(people, [person('ana', { profile: { from: 'the past' } })]);
    });
    await locked.promise;
    await store.transaction(async (tx) => {
      await tx.lock(['ana']);
      await tx.add(people, [person('ana', { profile: { from: 'the living' } })]);
    });
    goOn.resolve();
    await expect(standing).rejects.toThrow();
    const [ana] = await store.transaction((tx) => tx.find(people, { id: 'ana' }));
    expect(ana?.profile).toEqual({ from: 'the living' });
  });
});

async function endAllOthers(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await admin.end();
}

/** Holds the first `count` callers until all of them are there; later ones pass. */
function barrier(count: number): () => Promise<void> {
  const all = promised();
  let there = 0;
  return () => {
    there += 1;
    if (there === count) all.resolve();
    return all.promise;
  };
}

function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
