/** The key of a row as one value. */
import { type Cells, listOf } from './entry.ts';

/** The same value for rows of the same key; undefined where the table has none. */
export const keyMaker =
  ([first = '', ...more]: readonly string[]) =>
  (row: Cells): unknown => {
    let key = row[first];
    for (const column of more) key = joined(key, row[column]);
    return key;
  };

/** The keys of rows whose columns have one of the values that `where` asks for. */
export const keysOf = ([first = '', ...more]: readonly string[], where: Cells) =>
  more.reduce<readonly unknown[]>(
    (keys, column) => keys.flatMap((key) => listOf(where[column]).map((cell) => joined(key, cell))),
    listOf(where[first]),
  );

/** The columns of a key are texts, and a NUL stands in none of them. */
const joined = (a: unknown, b: unknown): string => `${a as string}\u0000${b as string}`;
