import { afterAll, beforeAll, describe } from 'vitest';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { emptyTables } from '../contract/empty-tables.ts';
import { storeContract } from '../store.contract.ts';
import { openServer } from './open-server.ts';
import { postgresStore } from './postgres-store.ts';

const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;

describe.skipIf(postgresMissing !== null)(`on a Postgres server${missing}`, () => {
  let server: TestPostgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  storeContract(async () => {
    if (!server) throw new Error('the server is not up');
    const opened = await openServer(await server.createDatabase(), () => undefined);
    return { store: postgresStore(opened), empty: () => emptyTables(opened.db) };
  });
});
