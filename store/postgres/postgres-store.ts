/** The store on Postgres, embedded or a server: one set of queries over kysely for both. */
import type { LaneBell } from '../lane-bell.ts';
import type { Store, Transaction } from '../store.ts';
import { claimRows } from './claim-rows.ts';
import { countMessages } from './count-messages.ts';
import { lockNames } from './lock-names.ts';
import { movePerson } from './move-person.ts';
import { count, find, get, page } from './read-rows.ts';
import type { Db } from './sql-table.ts';
import { takePlaces } from './take-places.ts';
import { withoutRows } from './without-rows.ts';
import { add, change } from './write-rows.ts';

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
      try {
        return await db.transaction().execute((tx) => work(transactionOn(tx, bell)));
      } catch (error) {
        throw withoutRows(error);
      }
    },
    waitForRows: (lane, timeoutMs, signal) => bell.wait(lane, timeoutMs, signal),
    close() {
      bell.close();
      return (closing ??= close());
    },
  };
}

function transactionOn(db: Db, bell: LaneBell): Transaction {
  return {
    find: (table, where) => find(db, table, where),
    get: (table, keys) => get(db, table, keys),
    page: (table, options) => page(db, table, options),
    count: (table, by, where) => count(db, table, by, where),
    add: (table, rows) => add(db, table, rows),
    change: (table, rows, only) => change(db, table, rows, only),
    lock: (names) => lockNames(db, names),
    movePerson: (from, into) => movePerson(db, from, into),
    takePlaces: (journey, size, wanted) => takePlaces(db, journey, size, wanted),
    countMessages: (...asked) => countMessages(db, ...asked),
    claim(lane, batch, limit) {
      bell.looking(lane);
      return claimRows(db, lane, batch, limit);
    },
  };
}
