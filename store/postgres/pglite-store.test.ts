import { emptyTables } from '../contract/empty-tables.ts';
import { storeContract } from '../store.contract.ts';
import { openPglite } from './open-pglite.ts';
import { postgresStore } from './postgres-store.ts';

storeContract(async () => {
  const opened = await openPglite(undefined);
  return { store: postgresStore(opened), empty: () => emptyTables(opened.db) };
});
