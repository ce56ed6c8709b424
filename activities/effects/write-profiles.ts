/** Merges fields into profiles; several for one person in one batch all count. */
import type { JsonObject } from '../../dsl/plan.ts';
import type { Person } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';

export async function writeProfiles(
  tx: Transaction,
  changes: readonly { readonly person: Person; readonly fields: JsonObject }[],
): Promise<void> {
  const changed = new Map<string, Person>();
  for (const { person, fields } of changes) {
    const before = changed.get(person.id) ?? person;
    changed.set(person.id, { ...before, profile: { ...before.profile, ...fields } });
  }
  await tx.putPeople([...changed.values()]);
}
