/** What a table in memory is made of. */
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

/** What a question wants of a column, one value or several, as a list. */
export const listOf = (wanted: unknown): readonly unknown[] =>
  Array.isArray(wanted) ? wanted : [wanted];
