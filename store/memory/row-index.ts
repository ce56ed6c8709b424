/**
 * A declared index in memory: entries by its first column, each value's in the order in which they were
 * first added. Where it holds certain kinds of rows alone, each kind has lists of its own: a claim looks
 * at rows that wait, however many are claimed. An entry that leaves a list is only counted, for whoever
 * reads compares every row; it is removed once half of the list has left, and at the front it is
 * skipped once. Lists are plain data: there is one per person and table.
 */
import type { Index } from '../table.ts';
import type { Cells, Entry } from './entry.ts';
import { inOrder, listOf } from './where-and-order.ts';

export interface EntryList {
  readonly entries: readonly Entry[];
  /** Where to begin: all before it have left. */
  readonly start: number;
}

interface List {
  entries: Entry[];
  start: number;
  /** Never too few. */
  gone: number;
  isSorted: boolean;
}

/** No row has a column of this name: all are of one kind. */
const EVERY_ROW: NonNullable<Index<Cells>['when']> = { '': [undefined] };

export function rowIndex({ on, when = EVERY_ROW }: Index<Cells>) {
  const columns = on.filter((column) => column !== 'seq');
  const [first = ''] = columns;
  const [[kind, kinds = []] = ['', []], ...others] = Object.entries(when);
  if (others.length > 0)
    throw new Error(`An index on ${on.join(', ')}: expected one column in "when".`);
  const lists = new Map(kinds.map((each) => [each, new Map<unknown, List>()]));

  const belongs = ({ removed, row }: Entry, of: unknown, value: unknown): boolean =>
    !removed && row[kind] === of && row[first] === value;

  function enter(entry: Entry): void {
    const ofKind = lists.get(entry.row[kind]);
    const list = ofKind?.get(entry.row[first]);
    if (list === undefined) {
      ofKind?.set(entry.row[first], { entries: [entry], start: 0, gone: 0, isSorted: true });
      return;
    }
    const last = list.entries[list.entries.length - 1];
    list.entries.push(entry);
    // It comes back, perhaps to where it is still listed: rare.
    if (last !== undefined && last.place >= entry.place) list.isSorted = false;
  }

  function leave({ [kind]: of, [first]: value }: Cells): void {
    const list = lists.get(of)?.get(value);
    if (list === undefined) return;
    list.gone += 1;
    if (list.gone * 2 <= list.entries.length) return;
    list.entries = list.entries.filter((entry) => belongs(entry, of, value));
    list.start = 0;
    list.gone = 0;
    if (list.entries.length === 0) lists.get(of)?.delete(value);
  }

  /** In order, and from the first that has not left. */
  function ready(list: List, of: unknown, value: unknown): EntryList {
    if (!list.isSorted) {
      list.entries = [...inOrder(list.entries, (a, b) => a.place - b.place)];
      list.start = 0;
      list.isSorted = true;
    }
    let front = list.entries[list.start];
    while (list.gone > 0 && front !== undefined && !belongs(front, of, value)) {
      list.start += 1;
      front = list.entries[list.start];
    }
    return list;
  }

  return {
    /** Entries that may fit, by value; null where it does not have all of those. */
    candidates(where: Cells): readonly EntryList[] | null {
      const wanted = listOf(where[kind]);
      if (!(first in where && wanted.every((of) => lists.has(of)))) return null;
      const found: EntryList[] = [];
      for (const of of wanted) {
        for (const value of listOf(where[first])) {
          const list = lists.get(of)?.get(value);
          if (list !== undefined) found.push(ready(list, of, value));
        }
      }
      return found;
    },
    /** Whether one other than this entry has the same in its columns. */
    hasOther(row: Cells, but: Entry | null): boolean {
      if (!lists.has(row[kind])) return false;
      for (const ofKind of lists.values()) {
        for (const other of ofKind.get(row[first])?.entries ?? []) {
          if (other === but || other.removed || !lists.has(other.row[kind])) continue;
          if (columns.every((column) => other.row[column] === row[column])) return true;
        }
      }
      return false;
    },
    /** To be called whenever an entry changes: with its row before, null where it was not there. */
    follow(entry: Entry, before: Cells | null): void {
      if (before !== null && belongs(entry, before[kind], before[first])) return;
      if (before !== null) leave(before);
      if (!entry.removed) enter(entry);
    },
  };
}
