import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer } from '../../store/postgres/open-server.ts';
import { postgresStore } from '../../store/postgres/postgres-store.ts';
import type { Store } from '../../store/store.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { AT, identify, startRecording, submitted, track } from '../../test/fixtures/recording.ts';
import { events } from '../../store/tables/index.ts';
import { recordBehaviour } from './record-behaviour.ts';

const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;

describe.skipIf(postgresMissing !== null)(`several at once on a Postgres server${missing}`, () => {
  let server: TestPostgres;
  let store: Store;
  beforeAll(async () => {
    server = await startPostgres();
    store = postgresStore(await openServer(await server.createDatabase(), () => undefined));
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  test('the same people in several batches are made once, joined once and entered once', async () => {
    const { world, person: personOf, read } = startRecording(store);
    let ids = 0;
    const newId = () => `p${(ids += 1)}`;
    const people = Array.from({ length: 20 }, (_, i) => i);
    const batches = Array.from({ length: 8 }, (_, b) => {
      // Each batch names them in another order, so that locks taken in order of mention would cross.
      const order = people.map((i) => (i * 7 + b * 3) % people.length);
      return order.flatMap((i) => [
        track('Page Viewed', { anonymousId: `a${i}` }, { at: AT + b }),
        identify(
          { email: `${i}@example.com` },
          { userId: `u${i}`, anonymousId: `a${i}` },
          { at: AT + b },
        ),
        submitted({ userId: `u${i}` }, { at: AT + b }),
      ]);
    });
    const results = await Promise.all(
      batches.map((batch) => recordBehaviour({ ...world, newId }, batch)),
    );
    const sum = (of: 'recorded' | 'identified' | 'entered' | 'refused') =>
      results.reduce((total, each) => total + each[of], 0);
    expect([sum('recorded'), sum('identified'), sum('entered'), sum('refused')]).toEqual([
      320, 160, 20, 140,
    ]);
    const known = await Promise.all(people.map((i) => personOf('user', `u${i}`)));
    expect(new Set(known.map((each) => each?.id)).size).toBe(20);
    for (const i of people) {
      expect(await personOf('anonymous', `a${i}`)).toEqual(known[i]);
      expect(await personOf('email', `${i}@example.com`)).toEqual(known[i]);
    }
    const person = known.flatMap((each) => each?.id ?? []);
    expect(await read((tx) => tx.find(events, { person }))).toHaveLength(480);
  });

  test('one batch delivered several times at once is recorded once', async () => {
    const { world } = startRecording(store);
    let ids = 0;
    const newId = () => `q${(ids += 1)}`;
    const batch = Array.from({ length: 50 }, (_, i) =>
      submitted({ userId: `v${i % 10}`, anonymousId: `b${i}` }, { at: AT + i }),
    );
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => recordBehaviour({ ...world, newId }, batch)),
    );
    expect(results.reduce((total, { recorded }) => total + recorded, 0)).toBe(50);
    expect(results.reduce((total, { entered }) => total + entered, 0)).toBe(10);
  });

  test('sixteen clients who write about the same few people meet no error', async () => {
    const { world } = startRecording(store);
    let ids = 0;
    const newId = () => `h${(ids += 1)}`;
    const person = (n: number): string => `h${n % 6}`;
    const client = async (c: number): Promise<number> => {
      let recorded = 0;
      for (let round = 0; round < 20; round += 1) {
        // Devices go from hand to hand, people turn out to be one, and newcomers appear all the time.
        const items = [
          track('Page Viewed', { anonymousId: `device ${(c + round) % 5}` }, { at: AT + round }),
          identify(
            { email: `${person(c + round)}@example.com` },
            { userId: person(c + round), anonymousId: `device ${(c * 3 + round) % 5}` },
            { at: AT + round },
          ),
          submitted({ userId: person(c * 5 + round) }, { at: AT + round }),
          track('Page Viewed', { userId: `new ${round} ${c % 4}` }, { at: AT + round }),
        ];
        const result = await recordBehaviour({ ...world, newId }, items);
        recorded += result.recorded + result.identified;
      }
      return recorded;
    };
    const counts = await Promise.all(Array.from({ length: 16 }, (_, c) => client(c)));
    expect(counts).toEqual(Array.from({ length: 16 }, () => 80));
  });
});
