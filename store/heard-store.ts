/** A store that tells what was added to it, once it is there for good. */
import type { Store, Transaction } from './store.ts';
import type { NewRow, Table } from './table.ts';

export interface Heard {
  /** Rows whose keys were new, of each table; none of a transaction that was taken back. */
  rowsOf<Row>(table: Table<Row>): readonly Row[];
}

/** @param hear must not throw; what it does is not waited for. */
export function heardStore(store: Store, hear: (heard: Heard) => void): Store {
  return {
    ...store,
    async transaction(work) {
      let added = new Map<unknown, unknown[]>();
      const result = await store.transaction((tx) => {
        // Run again, it adds anew.
        added = new Map();
        return work({
          ...tx,
          add: async <Row>(table: Table<Row>, rows: readonly NewRow<Row>[]) => {
            const fresh = await tx.add(table, rows);
            const known = added.get(table) ?? [];
            known.push(...fresh);
            added.set(table, known);
            return fresh;
          },
        } satisfies Transaction);
      });
      if (added.size > 0) {
        // Each list holds rows of the table that it stands under.
        hear({ rowsOf: <Row>(table: Table<Row>) => (added.get(table) ?? []) as readonly Row[] });
      }
      return result;
    },
  };
}
