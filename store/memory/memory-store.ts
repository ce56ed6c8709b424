/**
 * The store in memory, for rehearsals: Maps and indexes, no copies. Transactions run one after the
 * other and are taken back when they throw, so nobody ever reads half of one.
 */
import { laneBell } from '../lane-bell.ts';
import type { Store, Transaction } from '../store.ts';
import { memoryTransaction } from './memory-transaction.ts';
import { rollBack, type UndoLog } from './undo-log.ts';

/** An empty store; what it held is gone once nothing refers to it. */
export function memoryStore(): Store {
  const undo: UndoLog = [];
  const bell = laneBell();
  const added = new Set<string>();
  const tx = memoryTransaction(undo, bell, added);
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      const result = await work(tx);
      undo.length = 0;
      for (const lane of added) bell.ring(lane);
      return result;
    } catch (error) {
      rollBack(undo);
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
