/**
 * One piece of work for many people, in which nobody stops the others: where it fails for all together it is
 * done for halves, down to whoever it fails for alone. Safe because each part is a transaction of its own,
 * and a repeat of what a part has done finds it done.
 */
import { PlanMissingError } from '../../engine/plan-missing-error.ts';
import { isStoreAway } from '../../store/is-store-away.ts';

/** It fails for somebody alone so often in a row before it is taken for theirs. */
const TRIES_ALONE = 3;

/**
 * Answers in the order of `items`; `failed` answers for those it cannot be done for.
 *
 * @throws what is nobody's: a store that is away, a plan that another worker has. All of it is to be tried again.
 */
export async function forEachThatCan<Item, Result>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  failed: (item: Item, error: unknown) => Result | Promise<Result>,
): Promise<readonly Result[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(items);
    } catch (error) {
      if (error instanceof PlanMissingError || isStoreAway(error)) throw error;
      const [only, ...others] = items;
      if (only === undefined) throw error;
      if (others.length > 0) break;
      if (attempt === TRIES_ALONE) return [await failed(only, error)];
    }
  }
  const middle = Math.ceil(items.length / 2);
  return [
    ...(await forEachThatCan(items.slice(0, middle), work, failed)),
    ...(await forEachThatCan(items.slice(middle), work, failed)),
  ];
}
