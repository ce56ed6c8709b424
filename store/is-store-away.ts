/** Tells a database that cannot be used now from work that it, or we, cannot do: the first is tried again as it is, for everybody. */

/** SQLSTATE classes: connection, transaction state, rolled back, resources, in the wrong state, operator, system. */
const AWAY_CLASSES = ['08', '25', '40', '53', '55', '57', '58'];
/** Codes of Node: ECONNRESET, ETIMEDOUT, EPIPE, ENOTFOUND, EAI_AGAIN. */
const NODE_CODE = /^E[A-Z_]{3,}$/;
/** In the words of the drivers, which give these no code. */
const WORDS =
  /connection (terminated|ended|is closed)|timeout|timed out|not queryable|pool.*(end|clos)|client was closed/i;

export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== 'string') return WORDS.test(error.message);
  return AWAY_CLASSES.includes(code.slice(0, 2)) || NODE_CODE.test(code);
}
