/**
 * Takes rows out of a database error. Both drivers hang them on it (the failing row, the parameters
 * of the statement), and what is logged or recorded must hold no personal data.
 */
const FIELDS_WITH_ROWS = ['detail', 'where', 'query', 'params', 'internalQuery'] as const;

/** The same error, without them. */
export function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  for (const field of FIELDS_WITH_ROWS) Reflect.deleteProperty(error, field);
  return error;
}
