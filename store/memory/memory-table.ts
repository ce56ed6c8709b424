/** A declared table in memory: what the port does with tables, and what its other calls are made of. */
import { changedColumns, eachOnce, wholeRows, withColumns } from '../given-rows.ts';
import { ConstraintError, type Paging, type Where } from '../store.ts';
import { type AnyTable, type NewRow, pagedColumn, type Table } from '../table.ts';
import type { Cells, Entry, UndoLog } from './entry.ts';
import { memoryRows } from './memory-rows.ts';
import type { EntryList } from './row-index.ts';
import { compareTexts, conditionsOf, fits, inOrder, listOf, orderOf } from './where-and-order.ts';

export interface MemoryTable<Row> {
  find(where: Where<Row>): Row[];
  page(paging: Paging<Row>): Row[];
  add(rows: readonly NewRow<Row>[]): Row[];
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
  const { key, columns, updates, order } = table;
  const rows = memoryRows(table, undo);
  const compare = orderOf(table, order);
  const [outer = ''] = order;
  const compareWithin = orderOf(table, order.slice(1));
  const required = Object.keys(columns).filter((column) => columns[column]?.nullable === false);

  function entriesOf(where: Cells, limit = Infinity): readonly Entry[] {
    const isByKey = key.length > 0 && key.every((column) => column in where);
    const lists = isByKey ? [{ entries: rows.withKeys(where), start: 0 }] : candidates(where);
    const conditions = conditionsOf(where, isByKey ? key : []);
    const found: Entry[] = [];
    for (const { entries, start } of lists) {
      for (let at = start; at < entries.length && found.length < limit; at += 1) {
        const entry = entries[at];
        if (entry !== undefined && !entry.removed && fits(entry.row, conditions)) found.push(entry);
      }
    }
    // What all of them have need not be compared.
    const isWithin = outer in where && listOf(where[outer]).length === 1;
    return inOrder(found, isWithin ? compareWithin : compare);
  }

  /** What the index has that has least to look at, or all there is. */
  function candidates(where: Cells): readonly EntryList[] {
    let [best, least]: [readonly EntryList[] | null, number] = [null, Infinity];
    for (const index of rows.indexes) {
      const lists = index.candidates(where);
      if (lists === null) continue;
      let size = 0;
      for (const { entries, start } of lists) size += entries.length - start;
      if (size === 0) return lists;
      if (size < least) [best, least] = [lists, size];
    }
    return best ?? [{ entries: rows.all(), start: 0 }];
  }

  function refuseNulls(row: Cells, named: readonly string[]): void {
    for (const column of named) {
      if ((row[column] ?? null) === null && required.includes(column))
        throw new ConstraintError(`${table.name}.${column}`);
    }
  }

  return {
    find: (where) => rowsIn(entriesOf(where)),
    page({ limit, after, where = {}, backwards = false }) {
      const conditions = conditionsOf(where);
      const column = pagedColumn(table);
      const ordered = backwards ? rows.byKey().toReversed() : rows.byKey();
      const direction = backwards ? -1 : 1;
      const isBehind = ({ row }: Entry) =>
        after === undefined || direction * compareTexts(row[column] as string, after) > 0;
      const first = ordered.findIndex(isBehind);
      if (first === -1) return [];
      const found: Entry[] = [];
      for (const entry of ordered.slice(first)) {
        if (found.length === limit) break;
        if (fits(entry.row, conditions)) found.push(entry);
      }
      return rowsIn(found);
    },
    add(given) {
      const added: Entry[] = [];
      for (const row of wholeRows(table, given)) {
        refuseNulls(row, required);
        const there = rows.like(row);
        if (there === undefined) added.push(rows.add(row));
        else if (updates.length > 0) rows.replace(there, withColumns(there.row, updates, row));
      }
      return rowsIn(added);
    },
    change(given, only) {
      if (given.length === 0) return;
      const changed = changedColumns(table, given);
      const conditions = conditionsOf(only);
      for (const row of eachOnce(given, rows.keyOf, changed)) {
        const there = rows.like(row);
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
