/** The order in which a table's rows are read: by its columns, then by their place. */
import type { AnyTable } from '../table.ts';
import type { Entry } from './entry.ts';

export type Compare = (a: Entry, b: Entry) => number;

export function orderOf({ columns }: AnyTable, order: readonly string[]): Compare {
  const byPlace: Compare = (a, b) => a.place - b.place;
  return order.reduceRight((otherwise, column) => {
    // A table is read by texts and by instants, none of them null.
    const compare = (columns[column]?.type === 'text' ? compareTexts : difference) as (
      a: unknown,
      b: unknown,
    ) => number;
    return (a, b) => compare(a.row[column], b.row[column]) || otherwise(a, b);
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
