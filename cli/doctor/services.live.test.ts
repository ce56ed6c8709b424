/** A real Temporal and a real Postgres, looked at from outside. */
import { expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { lookAtServer } from '../../store/postgres/look-at-server.ts';
import { postgresMissing, startPostgres } from '../../test/postgres.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { databaseCheck } from './services.ts';
import { temporalCheck } from './temporal.ts';

const WITHIN_MS = 10_000;
const placeOf = (variables: NodeJS.ProcessEnv) => ({
  directory: '.',
  environment: readEnvironment(variables),
  project: undefined,
  problems: {},
  port: 0,
});

test('a Temporal that runs is well, one without the namespace is not', async () => {
  const { address, namespace } = inject('temporalServer');
  const check = temporalCheck(WITHIN_MS);
  const there = placeOf({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace });
  expect(await check.look(there)).toMatchObject({ state: 'ok' });
  const gone = placeOf({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'nowhere' });
  expect(await check.look(gone)).toMatchObject({
    state: 'failure',
    says: expect.stringContaining('has no namespace nowhere'),
  });
});

test.skipIf(postgresMissing !== null)(
  'a database before and after its first worker, and one that refuses',
  async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const DATABASE_URL = await postgres.createDatabase();
    const check = databaseCheck(WITHIN_MS);
    const facts = await lookAtServer(DATABASE_URL, WITHIN_MS);
    expect(facts).toMatchObject({
      isPooled: false,
      isReplica: false,
      mayCreate: true,
      tables: 'none',
    });
    expect(Math.abs(facts.aheadMs)).toBeLessThan(1_000);

    await (await openStore({ databaseUrl: DATABASE_URL })).close();
    expect(await check.look(placeOf({ DATABASE_URL }))).toMatchObject({
      state: 'ok',
      says: expect.stringContaining('tables of this version'),
    });
    const missing = new URL(DATABASE_URL);
    missing.pathname = '/nothing';
    expect(await check.look(placeOf({ DATABASE_URL: missing.href }))).toMatchObject({
      state: 'failure',
      says: expect.stringContaining('[store-database-missing]'),
    });
  },
);
