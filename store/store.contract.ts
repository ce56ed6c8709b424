/** The one suite that every store passes: in memory, embedded, and on a server. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { behaviourContract } from './contract/behaviour.contract.ts';
import { constraintsContract } from './contract/constraints.contract.ts';
import { journeysContract } from './contract/journeys.contract.ts';
import { lanesContract } from './contract/lanes.contract.ts';
import { mergingContract } from './contract/merging.contract.ts';
import { peopleContract } from './contract/people.contract.ts';
import type { StoreUnderTest, Use } from './contract/store-under-test.ts';
import { transactionsContract } from './contract/transactions.contract.ts';

/** Opens one store for the whole suite and empties it before each test. */
export function storeContract(open: () => Promise<StoreUnderTest>): void {
  describe('the store contract', () => {
    let tested: StoreUnderTest | undefined;
    const given = (): StoreUnderTest => {
      if (!tested) throw new Error('the store is not open');
      return tested;
    };
    const use: Use = (work) => given().store.transaction(work);

    beforeAll(async () => {
      tested = await open();
    });
    beforeEach(() => given().empty());
    afterAll(() => tested?.store.close());

    transactionsContract(use);
    constraintsContract(use);
    peopleContract(use);
    mergingContract(use);
    behaviourContract(use);
    journeysContract(use);
    lanesContract(use, () => given().store);

    test('has a clock', async () => {
      expect(Math.abs((await given().store.time()) - Date.now())).toBeLessThan(1_000);
    });
  });
}
