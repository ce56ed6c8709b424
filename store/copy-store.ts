/** Copies a whole store into an empty one, rows of each table in the order in which they came. */
import type { Store } from './store.ts';
import type { NewRow, Table } from './table.ts';
import { TABLES } from './tables/index.ts';

/** What one transaction takes at a time. */
const AT_ONCE = 2_000;

export async function copyStore(from: Store, to: Store): Promise<void> {
  for (const table of TABLES) await copyTable(from, to, table);
}

async function copyTable<Row>(from: Store, to: Store, table: Table<Row>): Promise<void> {
  const rows = await from.transaction((tx) => tx.find(table, {}));
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    // A whole row leaves nothing out.
    const some = rows.slice(start, start + AT_ONCE) as readonly NewRow<Row>[];
    await to.transaction((tx) => tx.add(table, some));
  }
}
