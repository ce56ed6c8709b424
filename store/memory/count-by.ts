/** How many rows there are of each combination of values of these columns. */
export function countBy<Row, N extends keyof Row & string>(
  rows: readonly Row[],
  by: readonly N[],
): (Pick<Row, N> & { readonly count: number })[] {
  const counts = new Map<string, Pick<Row, N> & { count: number }>();
  for (const row of rows) {
    const values = Object.fromEntries(by.map((column) => [column, row[column]]));
    const known = counts.get(JSON.stringify(values));
    if (known !== undefined) known.count += 1;
    // Exactly the columns of `by`.
    else counts.set(JSON.stringify(values), { ...(values as Pick<Row, N>), count: 1 });
  }
  return [...counts.values()];
}
