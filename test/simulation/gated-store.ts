/** The store in memory as one machine reaches it: each transaction is a step, before and after which all can break. */
import type { Store, Transaction } from '../../store/store.ts';
import type { NewRow, Table } from '../../store/table.ts';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './machine.ts';

/** A write of a transaction that has been committed. */
export interface Written {
  readonly how: 'add' | 'change' | 'move';
  readonly table: Table<never> | undefined;
  readonly rows: readonly unknown[];
}

export interface GatedStoreOptions {
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  /** Called as they are committed. */
  readonly committed: (writes: readonly Written[]) => void;
}

export function gatedStore(
  store: Store,
  machine: Machine,
  { clockwork, faults, committed }: GatedStoreOptions,
): Store {
  return {
    ...store,
    transaction: async (work) => {
      await clockwork.gate(machine, `${machine.name} begins a transaction`);
      if (faults.hit('database-before')) throw away('The database is not there.');
      const result = await clockwork.uninterrupted(async () => {
        let writes: Written[] = [];
        const value = await store.transaction((tx) => {
          writes = [];
          return work(watched(tx, writes));
        });
        committed(writes);
        return value;
      });
      await clockwork.gate(machine, `${machine.name} has committed`);
      if (faults.hit('database-after')) throw away('The database did not answer.');
      return result;
    },
  };
}

/** As the driver says it. */
const away = (message: string): Error => Object.assign(new Error(message), { code: 'ECONNRESET' });

/** Remembers what it writes. */
const watched = (tx: Transaction, writes: Written[]): Transaction => ({
  ...tx,
  async add<Row>(table: Table<Row>, rows: readonly NewRow<Row>[]) {
    const added = await tx.add(table, rows);
    if (rows.length > 0) writes.push({ how: 'add', table: table as unknown as Table<never>, rows });
    return added;
  },
  async change(table, rows, only) {
    await tx.change(table, rows, only);
    if (rows.length > 0)
      writes.push({ how: 'change', table: table as unknown as Table<never>, rows });
  },
  async movePerson(from, into) {
    await tx.movePerson(from, into);
    writes.push({ how: 'move', table: undefined, rows: [{ from, into }] });
  },
});
