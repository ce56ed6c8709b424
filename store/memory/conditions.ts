/** What the port's `where` asks of a row. */
import { type Cells, listOf } from './entry.ts';

export interface Condition {
  readonly column: string;
  readonly wanted: unknown;
}

export function conditionsOf(where: Cells): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const column in where) {
    const wanted = listOf(where[column]);
    conditions.push({ column, wanted: wanted.length === 1 ? wanted[0] : new Set(wanted) });
  }
  return conditions;
}

export function fits(row: Cells, conditions: readonly Condition[]): boolean {
  for (const { column, wanted } of conditions) {
    const cell = row[column];
    if (wanted !== cell && !(wanted instanceof Set && wanted.has(cell))) return false;
  }
  return true;
}
