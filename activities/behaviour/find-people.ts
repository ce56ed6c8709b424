/**
 * Finds and locks everybody whom items name. An identity that nobody has is locked by its own name, so
 * that two transactions cannot both make a person for it.
 */
import type { Identity, Person } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { mergedPeople } from './merged-people.ts';
import { identityKeys, printKey, type IdentityKey, type KnownPeople } from './resolve-people.ts';

export async function findPeople(
  tx: Transaction,
  items: readonly BehaviourItem[],
): Promise<KnownPeople> {
  const keys = distinct(items.flatMap(identityKeys));
  const named = new Set(items.flatMap(({ person }) => (person === undefined ? [] : [person])));
  let identities = await identitiesFor(tx, keys);
  const people = await lockPeople(tx, [...named, ...identities.map(({ person }) => person)]);
  if (identities.some(({ person }) => !people.has(person))) {
    // Merged away while this transaction waited for the lock: their identities point elsewhere now.
    identities = await identitiesFor(tx, keys);
    await lockPeople(
      tx,
      identities.map(({ person }) => person),
      people,
    );
  }
  const gone = [...named].filter((id) => !people.has(id));
  const mergedInto = gone.length === 0 ? new Map<string, string>() : await mergedPeople(tx, gone);
  if (mergedInto.size > 0) await lockPeople(tx, [...mergedInto.values()], people);
  // Who else an item's people are matters only where an item names them in more than one way.
  const isPlain = items.every((item) => identityKeys(item).length < 2);
  return {
    people,
    identities: isPlain
      ? identities
      : distinct([...identities, ...(await tx.identitiesOf([...people.keys()]))]),
    mergedInto,
  };
}

async function identitiesFor(tx: Transaction, keys: readonly IdentityKey[]): Promise<Identity[]> {
  if (keys.length === 0) return [];
  const found = await tx.identities(keys);
  const known = new Set(found.map(printKey));
  const unknown = keys.filter((key) => !known.has(printKey(key)));
  if (unknown.length === 0) return found;
  await tx.lock(unknown.map((key) => `identity ${printKey(key)}`));
  return [...found, ...(await tx.identities(unknown))];
}

async function lockPeople(
  tx: Transaction,
  ids: readonly string[],
  into: Map<string, Person> = new Map(),
): Promise<Map<string, Person>> {
  const wanted = [...new Set(ids)].filter((id) => !into.has(id));
  if (wanted.length === 0) return into;
  await tx.lock(wanted);
  for (const person of await tx.people(wanted)) into.set(person.id, person);
  return into;
}

const distinct = <Key extends IdentityKey>(keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [printKey(key), key])).values(),
];
