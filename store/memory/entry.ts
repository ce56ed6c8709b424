/** What a table in memory is made of, and how every write of a transaction is taken back. */
import type { AnyTable, RowOf } from '../table.ts';

/** A row as the twin sees it, whatever its table: columns by name. */
export type Cells = RowOf<AnyTable>;

export interface Entry {
  readonly key: unknown;
  /** Counts arrivals; a row that is replaced keeps it. */
  readonly place: number;
  row: Cells;
  removed: boolean;
}

/** Functions and what they need, side by side: closures would cost more than the writes. */
export type UndoLog = {
  /** Makes the entry be as it was: with this row, or (null) not there. */
  readonly takeBack: (entry: Entry, before: Cells | null) => void;
  readonly entry: Entry;
  readonly before: Cells | null;
}[];

/** The last write is taken back first. */
export function rollBack(log: UndoLog): void {
  for (const { takeBack, entry, before } of log.toReversed()) takeBack(entry, before);
  // Taking back is writing, too.
  log.length = 0;
}
