/** Rows that one call names twice: a statement may touch each of them once. */

/** The last row of each key, in the order in which the keys first came. */
export function lastOfEach<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => unknown,
): readonly Row[] {
  if (rows.length < 2) return rows;
  const last = new Map<unknown, Row>();
  for (const row of rows) last.set(keyOf(row), row);
  return last.size === rows.length ? rows : [...last.values()];
}

/** The row with these columns of another one. */
export function withColumns<Row>(
  row: Row,
  columns: readonly (keyof Row & string)[],
  other: Row,
): Row {
  const changed = { ...row };
  for (const column of columns) changed[column] = other[column];
  return changed;
}
