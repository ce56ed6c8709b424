import { afterAll, beforeAll } from 'vitest';
import { emptyTables } from '../../store/contract/empty-tables.ts';
import { openPglite } from '../../store/postgres/open-pglite.ts';
import { postgresStore } from '../../store/postgres/postgres-store.ts';
import type { Store } from '../../store/store.ts';
import { recordBehaviourContract } from './record-behaviour.contract.ts';

let opened: Awaited<ReturnType<typeof openPglite>>;
let store: Store;
beforeAll(async () => {
  opened = await openPglite(undefined);
  store = postgresStore(opened);
});
afterAll(() => store.close());

recordBehaviourContract(async () => {
  await emptyTables(opened.db);
  return store;
});
