/** The store on Postgres, embedded or a server: one set of queries over kysely for both. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { LaneBell } from '../lane-bell.ts';
import { ConstraintError, MOST_TRIES, type Store, TryAgain } from '../store.ts';
import { specialQueries } from './special-queries.ts';
import type { Db } from './sql-table.ts';
import { tableQueries } from './table-queries.ts';

const FIELDS_WITH_ROWS = ['detail', 'where', 'query', 'params', 'internalQuery'] as const;
/** SQLSTATE of a row that a unique index has already, and of a null where none may be. */
const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';
/** SQLSTATEs of transactions of which the server says that nothing of them was kept, and that they may be tried again. */
const TRY_AGAIN = ['40001', '40P01'];
const FIRST_PAUSE_MS = 5;

/** What was opened: `bell` rings for rows that any process added; `close` ends the connections. */
export interface OpenDatabase {
  readonly db: Db;
  readonly bell: LaneBell;
  readonly close: () => Promise<void>;
}

/** Closing is done once, however often it is asked for. */
export function postgresStore({ db, bell, close }: OpenDatabase): Store {
  let closing: Promise<void> | undefined;
  return {
    async transaction(work) {
      const alsoLocked = new Set<string>();
      for (let tries = 1; ; tries += 1) {
        try {
          return await db
            .transaction()
            .execute((tx) =>
              work({ ...tableQueries(tx), ...specialQueries(tx, bell, alsoLocked) }),
            );
        } catch (error) {
          if (!mayTryAgain(error) || tries === MOST_TRIES) throw withoutRows(error);
          if (error instanceof TryAgain) for (const name of error.names) alsoLocked.add(name);
          await pause(FIRST_PAUSE_MS * 2 ** (tries * Math.random()));
        }
      }
    },
    waitForRows: (lane, timeoutMs, signal) => bell.wait(lane, timeoutMs, signal),
    async time() {
      const { rows } = await sql<{ now: number }>`
        select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
      return rows[0]?.now ?? Date.now();
    },
    close() {
      bell.close();
      return (closing ??= close());
    },
  };
}

const mayTryAgain = (error: unknown): boolean =>
  error instanceof TryAgain ||
  (error instanceof Error && TRY_AGAIN.includes((error as Violation).code ?? ''));

type Violation = Partial<Record<'code' | 'table' | 'constraint' | 'column', string>>;

/**
 * The error without the rows that it holds, or a ConstraintError where a declared constraint forbids a row.
 * Both drivers put them on their errors (the failing row, the parameters of the statement), and what is
 * logged or recorded must hold no personal data.
 */
function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Both drivers name on their errors what was violated.
  const { code, table = '', constraint = '', column = '' } = error as Violation;
  if (code === UNIQUE_VIOLATION)
    return new ConstraintError(`${table}.${fieldOf(constraint.slice(table.length + 1))}`);
  if (code === NOT_NULL_VIOLATION) return new ConstraintError(`${table}.${fieldOf(column)}`);
  for (const field of FIELDS_WITH_ROWS) Reflect.deleteProperty(error, field);
  return error;
}

const fieldOf = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
