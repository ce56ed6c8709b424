/** What claiming and deleting rows read, counted by the server: it must not grow with what waits, nor with what went before. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { laneRow, many, NOON } from '../contract/sample-rows.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { laneRows } from '../tables/index.ts';

const BACKLOG = 20_000;
const BATCH = 100;
const BATCHES = 50;
/** For each row that is claimed: to find it, to change it, and a few more. */
const FEW = 8;

describe.skipIf(postgresMissing !== null)('claiming reads what it claims,', () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let other: pg.Client;
  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    other = await connect();
    await using(async (store) => {
      await other.query('alter table cultivo.lane_rows set (autovacuum_enabled = false)');
      const earlier = many(2_000, (n) =>
        laneRow(`earlier-${n}`, { lane: n % 2 ? 'email' : `lane-${n % 7}`, status: 'done' }),
      );
      await add(store, [laneRow('first'), ...earlier]);
    });
    // All that statistics know until the backlog is some minutes old: of thousands, one waits.
    await other.query('analyze cultivo.lane_rows');
    await using((store) =>
      add(
        store,
        many(BACKLOG, (n) => laneRow(`${n}`)),
      ),
    );
  });
  afterAll(async () => {
    await other?.end();
    await postgres?.stop();
  });

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    return client;
  };

  /** Connections count what they have read when they end. */
  const using = async (work: (store: Store) => Promise<unknown>): Promise<void> => {
    const store = await openStore({ databaseUrl });
    await work(store).finally(() => store.close());
  };

  const add = (store: Store, rows: ReturnType<typeof laneRow>[]) =>
    store.transaction((tx) => tx.add(laneRows, rows));

  /** Of indexes, and of the table without one. */
  const rowsRead = async (): Promise<number> => {
    const { rows } = await other.query<{ read: string }>(`
      select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'lane_rows')
        + (select seq_tup_read from pg_stat_user_tables where relname = 'lane_rows') as read`);
    return Number(rows[0]?.read);
  };

  /** What claiming batch after batch reads for each row. */
  async function readPerRow(isBehindTheLast: boolean): Promise<number> {
    const before = await rowsRead();
    await using(async (store) => {
      let behind: string | undefined;
      for (let i = 0; i < BATCHES; i += 1) {
        const claim = store.transaction((tx) => tx.claim('email', 'batch', BATCH, NOON, behind));
        const rows = await claim;
        expect(rows).toHaveLength(BATCH);
        if (isBehindTheLast) behind = rows.at(-1)?.key;
      }
    });
    return ((await rowsRead()) - before) / (BATCH * BATCHES);
  }

  test('however much waits, whatever statistics say of it', async () => {
    expect(await readPerRow(false)).toBeLessThan(FEW);
  });

  test('and so does deleting what is over, however much is', async () => {
    await using((store) =>
      add(
        store,
        many(BACKLOG, (n) => laneRow(`over-${n}`, { status: 'done', at: NOON - BACKLOG + n })),
      ),
    );
    const before = await rowsRead();
    await using(async (store) => {
      for (let i = 0; i < BATCHES; i += 1) {
        const deleted = await store.transaction((tx) => tx.deleteFinished(NOON, BATCH));
        expect(deleted).toHaveLength(BATCH);
      }
    });
    // Some batches of dead entries are walked past before the server takes note of them; of all there are, 200.
    expect(((await rowsRead()) - before) / (BATCH * BATCHES)).toBeLessThan(20);
  });

  test('however much was claimed before that nobody can clean away yet', async () => {
    const looking = await connect();
    await looking.query('begin isolation level repeatable read');
    await looking.query('select count(*) from cultivo.lane_rows');
    const read = await readPerRow(true).finally(() => looking.end());
    expect(read).toBeLessThan(FEW);
  });
});
