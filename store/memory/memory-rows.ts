/**
 * The rows of a table in memory by key, with indexes that follow every change and a way back. Rows are
 * values that nobody changes, so they are kept and handed out as they are.
 */
import { ConstraintError } from '../store.ts';
import type { AnyTable } from '../table.ts';
import type { Cells, Entry, UndoLog } from './entry.ts';
import { rowIndex } from './row-index.ts';
import { compareTexts, keyMaker, keysOf } from './where-and-order.ts';

export function memoryRows(table: AnyTable, undo: UndoLog) {
  const rows = new Map<unknown, Entry>();
  const keyOf = keyMaker(table.key);
  const named = Object.entries(table.indexes).map(([name, of]) => ({ name, index: rowIndex(of) }));
  const indexes = named.map(({ index }) => index);
  const uniques = named.filter(({ name }) => table.indexes[name]?.unique);
  /** Until there are others. */
  let sorted: readonly Entry[] | null = null;
  let places = 0;

  function refuseSecond(row: Cells, but: Entry | null): void {
    for (const { name, index } of uniques)
      if (index.hasOther(row, but)) throw new ConstraintError(`${table.name}.${name}`);
  }

  /** The one way in which an entry changes: to this row, or (null) out of the table. */
  function turn(entry: Entry, row: Cells | null): void {
    const before = entry.removed ? null : entry.row;
    undo.push({ takeBack: turn, entry, before });
    entry.removed = row === null;
    if (row !== null) entry.row = row;
    for (const index of indexes) index.follow(entry, before);
    if (before !== null && row !== null) return;
    if (row === null) rows.delete(entry.key);
    else rows.set(entry.key, entry);
    sorted = null;
  }

  function entriesAt(keys: readonly unknown[]): readonly Entry[] {
    const found: Entry[] = [];
    for (const key of keys) {
      const entry = rows.get(key);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  return {
    indexes,
    keyOf,
    /** The one with the key of this row. */
    like: (row: Cells) => rows.get(keyOf(row)),
    /** Those with the keys that are asked for: all columns of the key are. */
    withKeys: (where: Cells) => entriesAt(keysOf(table.key, where)),
    /** In the order of arrival. */
    all: () => [...rows.values()].sort((a, b) => a.place - b.place),
    /** In the order of keys, which is asked for where they are one text; not to be changed. */
    byKey: (): readonly Entry[] =>
      (sorted ??= [...rows.values()].sort((a, b) =>
        compareTexts(a.key as string, b.key as string),
      )),
    /** The key of a row that has none is its place. */
    add(row: Cells): Entry {
      refuseSecond(row, null);
      places += 1;
      const entry: Entry = { key: keyOf(row) ?? places, place: places, row, removed: true };
      turn(entry, row);
      return entry;
    },
    replace(entry: Entry, row: Cells) {
      refuseSecond(row, entry);
      turn(entry, row);
    },
    remove: (entry: Entry) => turn(entry, null),
  };
}
