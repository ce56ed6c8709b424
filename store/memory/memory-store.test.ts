import { storeContract } from '../store.contract.ts';
import type { Store } from '../store.ts';
import { memoryStore } from './memory-store.ts';

let current: Store = memoryStore();
const store: Store = {
  transaction: (work) => current.transaction(work),
  waitForRows: (lane, timeoutMs, signal) => current.waitForRows(lane, timeoutMs, signal),
  time: () => current.time(),
  close: () => current.close(),
};

storeContract(async () => ({
  store,
  empty: async () => {
    current = memoryStore();
  },
}));
