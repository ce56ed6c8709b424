/**
 * The store in memory, for rehearsals: Maps and indexes, no copies. Transactions run one after the
 * other and are taken back when they throw, so nobody ever reads half of one.
 */
import { laneBell } from '../lane-bell.ts';
import type { Lane } from '../rows.ts';
import type { Store, Transaction } from '../store.ts';
import { memoryBehaviour } from './memory-behaviour.ts';
import { memoryEnrolments } from './memory-enrolments.ts';
import { memoryLanes } from './memory-lanes.ts';
import { memoryMessages } from './memory-messages.ts';
import { memoryPeople } from './memory-people.ts';
import { memoryPermissions } from './memory-permissions.ts';
import { memoryTables } from './memory-tables.ts';
import { memoryValues } from './memory-values.ts';
import { undoLog } from './undo-log.ts';

/** An empty store; what it held is gone once nothing refers to it. */
export function memoryStore(): Store {
  const undo = undoLog();
  const bell = laneBell();
  const tables = memoryTables(undo);
  const added = new Set<Lane>();
  const tx: Transaction = {
    ...memoryPeople(tables),
    ...memoryBehaviour(tables),
    ...memoryPermissions(tables),
    ...memoryEnrolments(tables),
    ...memoryMessages(tables),
    ...memoryLanes(tables, bell, added),
    ...memoryValues(tables),
  };
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      const result = await work(tx);
      undo.clear();
      for (const lane of added) bell.ring(lane);
      return result;
    } catch (error) {
      undo.rollBack();
      throw error;
    } finally {
      added.clear();
    }
  }

  return {
    transaction(work) {
      const result = last.then(() => run(work));
      // The next one waits for this one's end, not for its success.
      last = result.catch(() => undefined);
      return result;
    },
    waitForRows: (lane, timeoutMs, signal) => bell.wait(lane, timeoutMs, signal),
    async close() {
      await last;
      bell.close();
    },
  };
}
