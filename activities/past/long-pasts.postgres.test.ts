import { afterAll, beforeAll, describe } from 'vitest';
import { openServer } from '../../store/postgres/open-server.ts';
import { postgresStore } from '../../store/postgres/postgres-store.ts';
import type { Store } from '../../store/store.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { longPastsContract } from './long-pasts.contract.ts';

const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;

describe.skipIf(postgresMissing !== null)(`long pasts on a Postgres server${missing}`, () => {
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

  longPastsContract(async () => store, 15);
});
