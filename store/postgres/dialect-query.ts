/** A function that runs statements, as the `query` that kysely's Postgres dialect expects. */
import type { PostgresPoolClient } from 'kysely';

export function dialectQuery(
  run: (text: string, parameters: unknown[]) => Promise<unknown>,
): PostgresPoolClient['query'] {
  const query: unknown = (text: string, parameters: readonly unknown[]) =>
    run(text, [...parameters]);
  // The dialect asks for an overloaded `query`; cursors, its other overload, are never used here.
  return query as PostgresPoolClient['query'];
}
