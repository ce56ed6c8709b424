/** What only a server can show: several stores on one database, as several processes have them. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { event, laneRow, many, NOON, person } from '../contract/sample-rows.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { events, laneRows, people } from '../tables/index.ts';

/** Longer than any test runs: a wait that ends was woken. */
const LONG_MS = 50_000;
const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;

describe.skipIf(postgresMissing !== null)(`several stores on one server${missing}`, () => {
  let server: TestPostgres;
  let url = '';
  let one: Store;
  let two: Store;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.createDatabase();
    // Opened at once on an empty database: both migrate.
    [one, two] = await Promise.all([
      openStore({ databaseUrl: url }),
      openStore({ databaseUrl: url }),
    ]);
    return async () => {
      await Promise.all([one.close(), two.close()]);
    };
  });

  test('claim different rows while both transactions are open', async () => {
    await one.transaction((tx) =>
      tx.add(
        laneRows,
        many(10, (n) => laneRow(`${n}`)),
      ),
    );
    const [first, second] = await one.transaction(async (a) => {
      const mine = await a.claim('email', 'a', 4, NOON);
      const theirs = await two.transaction((b) => b.claim('email', 'b', 4, NOON));
      return [mine, theirs];
    });
    expect(first.map(({ key }) => key)).toEqual(['0', '1', '2', '3']);
    expect(second.map(({ key }) => key)).toEqual(['4', '5', '6', '7']);
  });

  test('take different places', async () => {
    const takes = many(40, (n) =>
      (n % 2 ? one : two).transaction((tx) => tx.takePlaces('nurture', 10, 5)),
    );
    const places = (await Promise.all(takes)).flat().sort((a, b) => a - b);
    expect(places).toEqual(many(200, (n) => Math.floor(n / 10)));
  });

  test.each([['people who exist'], ['people whom nobody has added yet']])(
    'lock %s against each other',
    async (kind) => {
      const ids = ['ana', 'ben'];
      if (kind === 'people who exist') {
        await one.transaction((tx) =>
          tx.add(
            people,
            ids.map((id) => person(id)),
          ),
        );
      }
      const story: string[] = [];
      let second: Promise<void> | undefined;
      await one.transaction(async (tx) => {
        await tx.lock(ids);
        second = two.transaction(async (other) => {
          await other.lock([...ids].reverse());
          story.push(`second sees ${(await other.find(people, { id: ids })).length}`);
        });
        await untilBlocked(url);
        await tx.add(
          people,
          ids.map((id) => person(id)),
        );
        story.push('first ends');
      });
      await second;
      expect(story).toEqual(['first ends', 'second sees 2']);
    },
  );

  test('add the same events once between them', async () => {
    const rows = many(2_000, (n) => event(`${n}`));
    const added = await Promise.all(
      [one, two, one, two].map((store) => store.transaction((tx) => tx.add(events, rows))),
    );
    expect(added.flat()).toHaveLength(2_000);
  });

  test('wake each other', async () => {
    const woken = two.waitForRows('signals', LONG_MS);
    await one.transaction((tx) => tx.add(laneRows, [laneRow('a', { lane: 'signals' })]));
    await woken;
  });

  test('hear again after their connections were cut, and miss nothing in between', async () => {
    await two.transaction((tx) => tx.claim('signals', 'b', 5, NOON));
    const woken = two.waitForRows('crm', LONG_MS);
    await withAdmin(url, (admin) =>
      admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`),
    );
    // Whether it hears of the row or of its own reconnection, the wait ends.
    await withAdmin(url, (admin) =>
      admin.query(`insert into cultivo.lane_rows (lane, key, cohort, person, payload, at, status)
        values ('crm', 'a', 'c', 'ana', '{}', 0, 'waiting')`),
    );
    await woken;
    // Nobody waited for this lane meanwhile, but it had been looked at.
    await two.waitForRows('signals', LONG_MS);
    expect(await two.transaction((tx) => tx.claim('crm', 'b', 5, NOON))).toHaveLength(1);
    const again = two.waitForRows('crm', LONG_MS);
    await one.transaction((tx) => tx.add(laneRows, [laneRow('b', { lane: 'crm' })]));
    await again;
  });

  test('close while somebody waits', async () => {
    const extra = await openStore({ databaseUrl: url });
    const wait = extra.waitForRows('email', LONG_MS);
    await extra.close();
    await wait;
  });
});

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Until some transaction of the database waits for another's lock. */
async function untilBlocked(url: string): Promise<void> {
  await withAdmin(url, async (admin) => {
    for (;;) {
      const { rows } = await admin.query(`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      if (rows.length > 0) return;
    }
  });
}
