/** A small value that is made at first need and kept in the store for all time: a secret, a name. */
import type { Transaction } from '../store/store.ts';
import { values } from '../store/tables/index.ts';

export async function madeOnce(tx: Transaction, name: string, make: () => string): Promise<string> {
  const known = await read(tx, name);
  if (known !== undefined) return known;
  // Two workers may need it first at once: the second waits here and finds the first one's.
  await tx.lock([], [name]);
  const since = await read(tx, name);
  if (since !== undefined) return since;
  const value = make();
  await tx.add(values, [{ name, value }]);
  return value;
}

async function read(tx: Transaction, name: string): Promise<string | undefined> {
  const [row] = await tx.find(values, { name });
  return typeof row?.value === 'string' ? row.value : undefined;
}
