/**
 * The rows of a table in memory by key, with indexes that follow every change and a way back. Rows are
 * values that nobody changes, so they are kept and handed out as they are.
 */
import { ConstraintError } from '../constraint-error.ts';
import type { AnyTable } from '../table.ts';
import type { Cells, Entry } from './entry.ts';
import { type RowIndex, rowIndex } from './row-index.ts';
import { compareTexts } from './row-order.ts';
import type { UndoLog } from './undo-log.ts';

export interface MemoryRows {
  readonly indexes: readonly RowIndex[];
  get(key: unknown): Entry | undefined;
  /** In the order of arrival. */
  all(): Entry[];
  /** In the order of keys; not to be changed. */
  byKey(): readonly Entry[];
  /** The key of a row that has none is its place. */
  add(key: unknown, row: Cells): Entry;
  replace(entry: Entry, row: Cells): void;
  remove(entry: Entry): void;
}

export function memoryRows(table: AnyTable, undo: UndoLog): MemoryRows {
  const rows = new Map<unknown, Entry>();
  const named = Object.entries(table.indexes).map(([name, of]) => ({ name, index: rowIndex(of) }));
  const indexes = named.map(({ index }) => index);
  const uniques = named.filter(({ name }) => table.indexes[name]?.unique);
  /** Until there are others. */
  let sorted: readonly Entry[] | null = null;
  let places = 0;

  function refuseSecond(row: Cells, but: Entry | null): void {
    for (const { name, index } of uniques)
      if (index.refuses(row, but)) throw new ConstraintError(`${table.name}.${name}`);
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

  return {
    indexes,
    get: (key) => rows.get(key),
    all: () => [...rows.values()].sort((a, b) => a.place - b.place),
    // Only keys of one text are asked for in their order.
    byKey: () =>
      (sorted ??= [...rows.values()].sort((a, b) =>
        compareTexts(a.key as string, b.key as string),
      )),
    add(key, row) {
      refuseSecond(row, null);
      places += 1;
      const entry: Entry = { key: key ?? places, place: places, row, removed: true };
      turn(entry, row);
      return entry;
    },
    replace(entry, row) {
      refuseSecond(row, entry);
      turn(entry, row);
    },
    remove: (entry) => turn(entry, null),
  };
}
