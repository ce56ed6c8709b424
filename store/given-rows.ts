/**
 * Rows as a call of the port gives them, seen alike by every store: which columns they change (the same of
 * every row, so that no store has to guess what the others are to be), and what a row named twice means.
 */
import type { NewRow, Table } from './table.ts';

/** What may be null and was left out is null. A row that names everything stays as it is: a copy takes a third more memory. */
export const wholeRows = <Row>({ leftOut }: Table<Row>, rows: readonly NewRow<Row>[]): Row[] =>
  rows.map((row) => {
    const isWhole = Object.keys(leftOut).every((name) => name in row);
    // What may not be left out is there.
    return (isWhole ? row : { ...leftOut, ...row }) as unknown as Row;
  });

/** @throws Error for rows that lack their key, name something else than columns, or not the same ones. */
export function changedColumns<Row>(
  { name, columns, key }: Table<Row>,
  rows: readonly Partial<Row>[],
): (keyof Row & string)[] {
  // Whatever else it has is refused below.
  const named = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  const fits =
    key.length > 0 &&
    key.every((column) => named.includes(column)) &&
    named.every((column) => column in columns) &&
    rows.every((row) => namesAll(named, row));
  if (!fits)
    throw new Error(
      `${name}: expected rows that each name the key (${key.join(', ')}) and the same columns of the table, ` +
        `received others beside one of ${named.join(', ') || 'nothing'}.`,
    );
  return named.filter((column) => !key.includes(column));
}

const namesAll = (named: readonly string[], row: object): boolean =>
  Object.keys(row).length === named.length && named.every((column) => column in row);

/** One row for each key, for a statement may touch it once: the first, with these columns of the last. */
export function eachOnce<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => unknown,
  columns: readonly (keyof NoInfer<Row> & string)[],
): readonly Row[] {
  if (rows.length < 2) return rows;
  const once = new Map<unknown, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = once.get(key);
    once.set(key, before === undefined ? row : withColumns(before, columns, row));
  }
  return once.size === rows.length ? rows : [...once.values()];
}

/** The row with these columns of another one. */
export function withColumns<Row>(row: Row, columns: readonly (keyof Row)[], other: Row): Row {
  const changed = { ...row };
  for (const column of columns) changed[column] = other[column];
  return changed;
}
