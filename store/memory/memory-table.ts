/** A declared table in memory: what the port does with tables, and what its other calls are made of. */
import { changedColumns } from '../changed-columns.ts';
import { ConstraintError } from '../constraint-error.ts';
import { lastOfEach, withColumns } from '../each-once.ts';
import { pagedColumn } from '../paged-column.ts';
import type { Where } from '../store.ts';
import type { AnyTable, Table } from '../table.ts';
import { conditionsOf, fits } from './conditions.ts';
import { memoryRows } from './memory-rows.ts';
import { type Cells, type Entry, listOf } from './entry.ts';
import { keyMaker, keysOf } from './row-key.ts';
import { compareTexts, inOrder, orderOf } from './row-order.ts';
import type { UndoLog } from './undo-log.ts';

export interface MemoryTable<Row> {
  find(where: Where<Row>): Row[];
  get(keys: readonly Partial<Row>[]): Row[];
  page(limit: number, after: string | undefined): Row[];
  add(rows: readonly Row[]): Row[];
  change(rows: readonly Partial<Row>[], only: Where<Row>): void;
  /** Changes these columns of the rows that fit (of one lane, the first `limit`), and answers with them. */
  changeWhere(where: Where<Row>, changed: Partial<Row>, limit?: number): Row[];
  removeWhere(where: Where<Row>): void;
}

export function memoryTable<Row>(table: Table<Row>, undo: UndoLog): MemoryTable<Row> {
  // A row of any table is columns by name, and it gives the rows that it was given.
  return tableOf(table as unknown as AnyTable, undo) as unknown as MemoryTable<Row>;
}

function tableOf(table: AnyTable, undo: UndoLog): MemoryTable<Cells> {
  const { key, columns, known, order } = table;
  const rows = memoryRows(table, undo);
  const compare = orderOf(table, order);
  const [outer = ''] = order;
  const compareWithin = orderOf(table, order.slice(1));
  const required = Object.keys(columns).filter((column) => columns[column]?.nullable === false);
  const keyOf = keyMaker(key);

  function entriesOf(where: Cells, limit = Infinity): readonly Entry[] {
    const conditions = conditionsOf(where);
    const found: Entry[] = [];
    for (const entries of candidates(where)) {
      for (const entry of entries) {
        if (found.length >= limit) break;
        if (!entry.removed && fits(entry.row, conditions)) found.push(entry);
      }
    }
    // What all of them have need not be compared.
    const isWithin = outer in where && listOf(where[outer]).length === 1;
    return inOrder(found, isWithin ? compareWithin : compare);
  }

  /** What has the key where it is asked for, the index that has least to look at, or all there is. */
  function candidates(where: Cells): readonly (readonly Entry[])[] {
    if (key.length > 0 && key.every((column) => column in where))
      return [entriesAt(keysOf(key, where))];
    let [best, least]: [readonly (readonly Entry[])[] | null, number] = [null, Infinity];
    for (const index of rows.indexes) {
      const lists = index.candidates(where);
      if (lists === null) continue;
      let size = 0;
      for (const list of lists) size += list.length;
      if (size < least) [best, least] = [lists, size];
    }
    return best ?? [rows.all()];
  }

  function entriesAt(keys: readonly unknown[]): Entry[] {
    const found: Entry[] = [];
    for (const each of keys) {
      const entry = rows.get(each);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  function refuseNulls(row: Cells, named: readonly string[]): void {
    for (const column of named) {
      if ((row[column] ?? null) === null && required.includes(column))
        throw new ConstraintError(`${table.name}.${column}`);
    }
  }

  return {
    find: (where) => rowsIn(entriesOf(where)),
    get: (keys) => rowsIn(inOrder(entriesAt(keys.map(keyOf)), compare)),
    page(limit, after) {
      const column = pagedColumn(table);
      const isBehind = ({ row }: Entry) =>
        after === undefined || compareTexts(row[column] as string, after) > 0;
      const first = rows.byKey().findIndex(isBehind);
      return first === -1 ? [] : rowsIn(rows.byKey().slice(first, first + limit));
    },
    add(given) {
      const added: Entry[] = [];
      for (const row of given) {
        refuseNulls(row, required);
        const its = keyOf(row);
        const there = rows.get(its);
        if (there === undefined) added.push(rows.add(its, row));
        else if (known !== 'kept') rows.replace(there, withColumns(there.row, known, row));
      }
      return rowsIn(added);
    },
    change(given, only) {
      if (given.length === 0) return;
      const changed = changedColumns(table, given);
      const conditions = conditionsOf(only);
      for (const row of lastOfEach(given, keyOf)) {
        const there = rows.get(keyOf(row));
        if (there === undefined || !fits(there.row, conditions)) continue;
        refuseNulls(row, changed);
        rows.replace(there, { ...there.row, ...row });
      }
    },
    changeWhere(where, changed, limit) {
      const entries = entriesOf(where, limit);
      for (const entry of entries) rows.replace(entry, { ...entry.row, ...changed });
      return rowsIn(entries);
    },
    removeWhere(where) {
      for (const entry of entriesOf(where)) rows.remove(entry);
    },
  };
}

const rowsIn = (entries: readonly Entry[]): Cells[] => entries.map((entry) => entry.row);
