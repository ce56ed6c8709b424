/** Writes down what did not fit of new items, beside them. */
import type { Transaction } from '../../store/store.ts';
import { misfits } from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import type { NewItem } from './apply-items.ts';
import { itemKey } from './behaviour-item.ts';
import { type Misfit, misfitsOf } from './misfits.ts';

/** By the key of the item; those that fit are left out. */
export async function keepMisfits(
  { project }: Pick<Context, 'project'>,
  tx: Transaction,
  added: readonly NewItem[],
): Promise<ReadonlyMap<string, readonly Misfit[]>> {
  const found = added.flatMap(({ item, row }) => {
    // What journeys, lanes and sales say of people is ours.
    const odd = item.person === undefined ? misfitsOf(project, item) : [];
    return odd.length === 0 ? [] : [{ item, row, odd }];
  });
  if (found.length === 0) return new Map();
  await tx.add(
    misfits,
    found.flatMap(({ row: { source, id, person, at, originalName: name }, odd }) =>
      odd.map((each) => ({ source, id, person, at, name, ...each })),
    ),
  );
  return new Map(found.map(({ item, odd }) => [itemKey(item), odd]));
}
