/** The column that a table is gone through by: its key, where that is one text. */
import type { Table } from './table.ts';

/** @throws Error for a table that has another key. */
export function pagedColumn<Row>({ name, key, columns }: Table<Row>): keyof Row & string {
  const [column, ...more] = key;
  if (column !== undefined && more.length === 0 && columns[column].type === 'text') return column;
  throw new Error(
    `${name}: expected a table whose key is one text, to be gone through in pages, ` +
      `received one of key (${key.join(', ')}).`,
  );
}
