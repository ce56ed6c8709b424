/** The rows under these keys, each once; keys without a row are left out. */
export function rowsOf<Row>(
  table: { get(key: string): Row | undefined },
  keys: readonly string[],
): Row[] {
  const found: Row[] = [];
  for (const key of new Set(keys)) {
    const row = table.get(key);
    if (row !== undefined) found.push(row);
  }
  return found;
}
