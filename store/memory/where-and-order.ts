/** What is asked of rows: which keys and values they have, and in which order they come. */
import type { AnyTable } from '../table.ts';
import type { Cells, Entry } from './entry.ts';

/** What a question wants of a column, one value or several, as a list. */
export const listOf = (wanted: unknown): readonly unknown[] =>
  Array.isArray(wanted) ? wanted : [wanted];

type Condition = readonly [column: string, wanted: unknown];

/** Without the columns that are known to fit. */
export function conditionsOf(where: Cells, known: readonly string[] = []): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const column in where) {
    if (known.includes(column)) continue;
    const wanted = listOf(where[column]);
    conditions.push([column, wanted.length === 1 ? wanted[0] : new Set(wanted)]);
  }
  return conditions;
}

export function fits(row: Cells, conditions: readonly Condition[]): boolean {
  for (const [column, wanted] of conditions) {
    const cell = row[column];
    if (wanted !== cell && !(wanted instanceof Set && wanted.has(cell))) return false;
  }
  return true;
}

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

type Compare = (a: Entry, b: Entry) => number;

/** By these columns, then by arrival. */
export function orderOf({ columns }: AnyTable, order: readonly string[]): Compare {
  const byPlace: Compare = (a, b) => a.place - b.place;
  return order.reduceRight((otherwise, column) => {
    // A table is read by texts and by instants, none of them null.
    const compare: (a: never, b: never) => number =
      columns[column]?.type === 'text' ? compareTexts : difference;
    return (a, b) => compare(a.row[column] as never, b.row[column] as never) || otherwise(a, b);
  }, byPlace);
}

/** Sorts these entries where they are not in order yet; each is left once. */
export function inOrder(entries: readonly Entry[], compare: Compare): readonly Entry[] {
  for (let index = 1; index < entries.length; index += 1) {
    // Both are within the list.
    if (compare(entries[index - 1] as Entry, entries[index] as Entry) >= 0)
      return entries.toSorted(compare).filter((entry, at, all) => entry !== all[at - 1]);
  }
  return entries;
}

const difference = (a: number, b: number): number => a - b;

/** By code point, as `collate "C"` does: JavaScript's own order puts surrogates before the last of the others. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x1_0000 : unit);
