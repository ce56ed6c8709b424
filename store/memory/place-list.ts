/**
 * Entries in the order in which they were first added, for one value of an index. An entry that
 * leaves is only counted; later reads skip it, and it is swept out once half of the list has left.
 * Plain data and functions, because there is one such list per person and kind of row.
 */
export interface Placed {
  readonly place: number;
}

export interface PlaceList<Entry extends Placed> {
  entries: Entry[];
  gone: number;
}

/** Tells the entries that belong to a list from those that left it. */
export type Stays<Entry> = (entry: Entry) => boolean;

export function enterList<Entry extends Placed>(
  list: PlaceList<Entry>,
  entry: Entry,
  stays: Stays<Entry>,
): void {
  const { entries } = list;
  const last = entries[entries.length - 1];
  if (last === undefined || last.place < entry.place) {
    entries.push(entry);
    return;
  }
  // It comes back: rare, so the list is simply made anew with it in its old place.
  const others = entries.filter((other) => other !== entry && stays(other));
  const behind = others.findIndex((other) => other.place > entry.place);
  others.splice(behind === -1 ? others.length : behind, 0, entry);
  list.entries = others;
  list.gone = 0;
}

/** To be called after `stays` began to answer no for the entry. */
export function leaveList<Entry extends Placed>(list: PlaceList<Entry>, stays: Stays<Entry>): void {
  list.gone += 1;
  if (list.gone * 2 <= list.entries.length) return;
  list.entries = list.entries.filter(stays);
  list.gone = 0;
}

/** The first `limit` entries; not to be changed. */
export function firstOf<Entry extends Placed>(
  { entries, gone }: PlaceList<Entry>,
  limit: number,
  stays: Stays<Entry>,
): readonly Entry[] {
  if (gone === 0) return entries.slice(0, limit);
  const found: Entry[] = [];
  for (const entry of entries) {
    if (found.length >= limit) break;
    if (stays(entry)) found.push(entry);
  }
  return found;
}
