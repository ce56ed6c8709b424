/**
 * Takes rows out of what the database refuses. Both drivers hang them on their errors (the failing row,
 * the parameters of the statement), and what is logged or recorded must hold no personal data.
 */
import { ConstraintError } from '../constraint-error.ts';

const FIELDS_WITH_ROWS = ['detail', 'where', 'query', 'params', 'internalQuery'] as const;
/** SQLSTATE of a row that a unique index has already, and of a null where none may be. */
const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';

/** The same error without them, or a ConstraintError where a declared constraint forbids a row. */
export function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Both drivers name on their errors what was violated.
  const { code, table = '', constraint = '', column = '' } = error as RefusedRow;
  if (code === UNIQUE_VIOLATION)
    return new ConstraintError(`${table}.${fieldOf(constraint.slice(table.length + 1))}`);
  if (code === NOT_NULL_VIOLATION) return new ConstraintError(`${table}.${fieldOf(column)}`);
  for (const field of FIELDS_WITH_ROWS) Reflect.deleteProperty(error, field);
  return error;
}

interface RefusedRow {
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly column?: string;
}

const fieldOf = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
