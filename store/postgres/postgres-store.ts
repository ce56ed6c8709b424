/** The store on Postgres, embedded or a server: one set of queries over kysely for both. */
import type { LaneBell } from '../lane-bell.ts';
import type { Store, Transaction } from '../store.ts';
import { behaviourQueries } from './behaviour-queries.ts';
import { enrolmentQueries } from './enrolment-queries.ts';
import { laneQueries } from './lane-queries.ts';
import { messageQueries } from './message-queries.ts';
import { peopleQueries } from './people-queries.ts';
import { permissionQueries } from './permission-queries.ts';
import type { Db } from './table.ts';
import { valueQueries } from './value-queries.ts';
import { withoutRows } from './without-rows.ts';

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
        return await db.transaction().execute((tx) => work(queries(tx, bell)));
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

function queries(db: Db, bell: LaneBell): Transaction {
  return {
    ...peopleQueries(db),
    ...behaviourQueries(db),
    ...permissionQueries(db),
    ...enrolmentQueries(db),
    ...messageQueries(db),
    ...laneQueries(db, bell),
    ...valueQueries(db),
  };
}
