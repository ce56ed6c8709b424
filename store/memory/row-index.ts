/**
 * A declared index in memory: entries by its first column, each value's in the order in which they were
 * first added. An entry that leaves a list is only counted, for whoever reads compares every row; it
 * is swept out once half of the list has left. Lists are plain data: there is one per person and table.
 */
import type { Index } from '../table.ts';
import { type Cells, type Entry, listOf } from './entry.ts';
import { inOrder } from './row-order.ts';

interface List {
  entries: Entry[];
  gone: number;
}

export interface RowIndex {
  /** Entries that may fit, by value; null where it does not have all of those. */
  candidates(where: Cells): readonly (readonly Entry[])[] | null;
  /** Whether one other than this entry has what only one may have. */
  refuses(row: Cells, but: Entry | null): boolean;
  /** To be called whenever an entry changes: with its row before, null where it was not there. */
  follow(entry: Entry, before: Cells | null): void;
}

export function rowIndex({ on, unique = false, when = {} }: Index<Cells>): RowIndex {
  const columns = on.filter((column) => column !== 'seq');
  const [first = ''] = columns;
  const conditions = Object.entries(when);
  const lists = new Map<unknown, List>();

  /** Undefined: the row is not in it. */
  function valueOf(row: Cells): unknown {
    for (const [column, allowed] of conditions) if (!allowed?.includes(row[column])) return;
    return row[first];
  }
  const belongs = (entry: Entry, value: unknown): boolean =>
    !entry.removed && valueOf(entry.row) === value;

  function enter(value: unknown, entry: Entry): void {
    const list = lists.get(value);
    if (list === undefined) {
      lists.set(value, { entries: [entry], gone: 0 });
      return;
    }
    const last = list.entries[list.entries.length - 1];
    list.entries.push(entry);
    // It comes back, perhaps to where it is still listed: rare.
    if (last !== undefined && last.place >= entry.place)
      list.entries = [...inOrder(list.entries, (a, b) => a.place - b.place)];
  }

  function leave(value: unknown): void {
    const list = lists.get(value);
    if (list === undefined) return;
    list.gone += 1;
    if (list.gone * 2 <= list.entries.length) return;
    list.entries = list.entries.filter((entry) => belongs(entry, value));
    list.gone = 0;
    if (list.entries.length === 0) lists.delete(value);
  }

  return {
    candidates(where) {
      if (!(first in where)) return null;
      for (const [column, allowed] of conditions) {
        if (!(column in where) || !listOf(where[column]).every((cell) => allowed?.includes(cell)))
          return null;
      }
      const found: (readonly Entry[])[] = [];
      for (const value of listOf(where[first])) {
        const list = lists.get(value);
        if (list !== undefined) found.push(list.entries);
      }
      return found;
    },
    refuses(row, but) {
      const value = unique ? valueOf(row) : undefined;
      if (value === undefined) return false;
      const others = lists.get(value)?.entries ?? [];
      return others.some(
        (other) =>
          other !== but &&
          belongs(other, value) &&
          columns.every((column) => other.row[column] === row[column]),
      );
    },
    follow(entry, before) {
      const left = before === null ? undefined : valueOf(before);
      const entered = entry.removed ? undefined : valueOf(entry.row);
      if (left === entered) return;
      if (left !== undefined) leave(left);
      if (entered !== undefined) enter(entered, entry);
    },
  };
}
