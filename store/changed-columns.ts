/** Which columns a call changes: the same of every row, so that no store has to guess what the others are to be. */
import type { Table } from './table.ts';

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
    rows.every((row, index) => index === 0 || namesAll(named, row));
  if (!fits)
    throw new Error(
      `${name}: expected rows that each name the key (${key.join(', ')}) and the same columns of the table, ` +
        `received others beside one of ${named.join(', ') || 'nothing'}.`,
    );
  return named.filter((column) => !key.includes(column));
}

function namesAll(named: readonly string[], row: object): boolean {
  let count = 0;
  for (const column in row) {
    // As a rule they stand in the same order.
    if (named[count] !== column && !named.includes(column)) return false;
    count += 1;
  }
  return count === named.length;
}
