/** What the contract suites are given: an open store, and how to empty it between tests. */
import type { Store, Transaction } from '../store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  empty(): Promise<void>;
}

/** Runs one call in a transaction of its own. */
export type Use = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
