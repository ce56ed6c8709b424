/** Where people went that were merged into others: messages and lanes may still name who they were. */
import type { Transaction } from '../../store/store.ts';

const markOf = (person: string): string => `merged/${person}`;

export async function rememberMerge(tx: Transaction, from: string, into: string): Promise<void> {
  await tx.putValue(markOf(from), into);
}

/** Who each of these people is now; those who were never merged are left out. */
export async function mergedPeople(
  tx: Transaction,
  people: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const person of people) {
    let now = person;
    for (let next = await tx.value(markOf(now)); typeof next === 'string';) {
      now = next;
      next = await tx.value(markOf(now));
    }
    if (now !== person) found.set(person, now);
  }
  return found;
}
