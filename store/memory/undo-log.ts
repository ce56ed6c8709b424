/** How to take back every write of a transaction, the last one first. */
import type { Cells, Entry } from './entry.ts';

/** A function and what it needs, side by side: closures would cost more than the writes. */
export interface UndoStep {
  /** Makes the entry be as it was: with this row, or (null) not there. */
  readonly takeBack: (entry: Entry, before: Cells | null) => void;
  readonly entry: Entry;
  readonly before: Cells | null;
}

export type UndoLog = UndoStep[];

export function rollBack(log: UndoLog): void {
  for (const { takeBack, entry, before } of log.toReversed()) takeBack(entry, before);
  // Taking back is writing, too.
  log.length = 0;
}
