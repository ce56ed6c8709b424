/**
 * Rows by key with indexes that follow every change, read in the order in which rows were first
 * added. Rows are values that nobody changes, so they are kept and handed out as they are.
 */
import { enterList, firstOf, leaveList, type PlaceList } from './place-list.ts';
import type { UndoLog } from './undo-log.ts';

export interface MemoryTable<Row, Index extends string> {
  get(key: string): Row | undefined;
  /** Adds the row, or replaces the one under that key, which keeps its place in the order. */
  put(key: string, row: Row): void;
  append(row: Row): void;
  remove(key: string): void;
  all(): Row[];
  by(index: Index, value: string, limit?: number): Row[];
  /** The rows of these values, each value once. */
  ofEach(index: Index, values: readonly string[]): Row[];
  count(index: Index, value: string): number;
  /** Puts `change(row)` for every row of the index that has this value. */
  change(index: Index, value: string, change: (row: Row) => Row): void;
}

interface Entry<Row> {
  readonly key: string;
  readonly place: number;
  row: Row;
  removed: boolean;
}

interface RowIndex<Row> {
  readonly valueOf: (row: Row) => string | null;
  readonly lists: Map<string, PlaceList<Entry<Row>>>;
}

/** An index names the value that its rows share; null: the row is not in it. */
export function memoryTable<Row, Index extends string>(
  undo: UndoLog,
  indexes: { readonly [name in Index]: (row: Row) => string | null },
): MemoryTable<Row, Index> {
  const rows = new Map<string, Entry<Row>>();
  // Object.entries widens names and values; `indexes` holds nothing else.
  const definitions = Object.entries(indexes) as [Index, (row: Row) => string | null][];
  const byName = new Map<Index, RowIndex<Row>>(
    definitions.map(([name, valueOf]) => [name, { valueOf, lists: new Map() }]),
  );
  const all = [...byName.values()];
  let places = 0;

  function entriesOf(name: Index, value: string, limit = Infinity): readonly Entry<Row>[] {
    const index = byName.get(name);
    const list = index?.lists.get(value);
    if (!index || !list) return [];
    if (list.gone === 0 && limit >= list.entries.length) return list.entries;
    return firstOf(list, limit, (entry) => belongs(index, value, entry));
  }

  /** The one way in which an entry changes: `removed` and `row` first, then the indexes follow. */
  function turn(entry: Entry<Row>, row: Row, removed: boolean): void {
    const { row: old, removed: wasRemoved } = entry;
    entry.row = row;
    entry.removed = removed;
    for (const index of all) {
      const before = wasRemoved ? null : index.valueOf(old);
      const after = removed ? null : index.valueOf(row);
      if (before === after) continue;
      if (before !== null) leave(index, before);
      if (after !== null) enter(index, after, entry);
    }
    if (removed) rows.delete(entry.key);
    else if (wasRemoved) rows.set(entry.key, entry);
  }

  const restore = (entry: Entry<Row>, row: Row) => turn(entry, row, false);
  const takeOut = (entry: Entry<Row>, row: Row) => turn(entry, row, true);

  function put(key: string, row: Row): void {
    const known = rows.get(key);
    if (known) {
      undo.add(restore, known, known.row);
      turn(known, row, false);
      return;
    }
    const entry: Entry<Row> = { key, place: (places += 1), row, removed: true };
    undo.add(takeOut, entry, row);
    turn(entry, row, false);
  }

  return {
    get: (key) => rows.get(key)?.row,
    put,
    append: (row) => put(`#${places + 1}`, row),
    remove(key) {
      const entry = rows.get(key);
      if (!entry) return;
      undo.add(restore, entry, entry.row);
      takeOut(entry, entry.row);
    },
    all: () => rowsIn([...rows.values()].sort((a, b) => a.place - b.place)),
    by: (index, value, limit) => rowsIn(entriesOf(index, value, limit)),
    ofEach(index, values) {
      const found: Row[] = [];
      for (const value of new Set(values)) {
        for (const { row } of entriesOf(index, value)) found.push(row);
      }
      return found;
    },
    count(index, value) {
      const list = byName.get(index)?.lists.get(value);
      return list ? list.entries.length - list.gone : 0;
    },
    change(index, value, change) {
      // A copy: every put may take an entry out of this very list.
      for (const { key, row } of entriesOf(index, value).slice()) put(key, change(row));
    },
  };
}

function rowsIn<Row>(entries: readonly Entry<Row>[]): Row[] {
  return entries.map((entry) => entry.row);
}

function belongs<Row>({ valueOf }: RowIndex<Row>, value: string, entry: Entry<Row>): boolean {
  return !entry.removed && valueOf(entry.row) === value;
}

function enter<Row>(index: RowIndex<Row>, value: string, entry: Entry<Row>): void {
  const list = index.lists.get(value);
  if (list) enterList(list, entry, (other) => belongs(index, value, other));
  else index.lists.set(value, { entries: [entry], gone: 0 });
}

function leave<Row>(index: RowIndex<Row>, value: string): void {
  const list = index.lists.get(value);
  if (!list) return;
  leaveList(list, (entry) => belongs(index, value, entry));
  if (list.entries.length === 0) index.lists.delete(value);
}
