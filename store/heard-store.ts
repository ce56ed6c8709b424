/** A store that tells what was added to it and changed in it, once it is there for good. */
import type { Store, Transaction } from './store.ts';
import type { NewRow, Table } from './table.ts';

export interface Heard {
  /** Rows whose keys were new, of each table; none of a transaction that was taken back. */
  rowsOf<Row>(table: Table<Row>): readonly Row[];
  /** Changes as they were asked for: the key and the columns. Whether there was such a row is not said. */
  changesOf<Row>(table: Table<Row>): readonly Partial<Row>[];
}

/** @param hear must not throw; what it does is not waited for. */
export function heardStore(store: Store, hear: (heard: Heard) => void): Store {
  return {
    ...store,
    async transaction(work) {
      let added = new Map<unknown, unknown[]>();
      let changed = new Map<unknown, unknown[]>();
      const result = await store.transaction((tx) => {
        // Run again, it adds anew.
        added = new Map();
        changed = new Map();
        return work({
          ...tx,
          add: async <Row>(table: Table<Row>, rows: readonly NewRow<Row>[]) => {
            const fresh = await tx.add(table, rows);
            keep(added, table, fresh);
            return fresh;
          },
          async change(table, rows, only) {
            await tx.change(table, rows, only);
            keep(changed, table, rows);
          },
        } satisfies Transaction);
      });
      if (added.size > 0 || changed.size > 0) {
        // Each list holds rows of the table that it stands under.
        hear({
          rowsOf: <Row>(table: Table<Row>) => (added.get(table) ?? []) as readonly Row[],
          changesOf: <Row>(table: Table<Row>) => (changed.get(table) ?? []) as readonly Row[],
        });
      }
      return result;
    },
  };
}

function keep(lists: Map<unknown, unknown[]>, table: unknown, rows: readonly unknown[]): void {
  const known = lists.get(table) ?? [];
  known.push(...rows);
  lists.set(table, known);
}
