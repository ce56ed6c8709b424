/**
 * Finds and locks everybody whom items name. An identity that nobody has is locked by its own name, so
 * that two transactions cannot both make a person for it.
 */
import type { Transaction } from '../../store/store.ts';
import {
  identities as known,
  type Identity,
  merged,
  people as everybody,
  type Person,
} from '../../store/tables/index.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { identityKeys, type IdentityKey, printKey } from './identity-keys.ts';
import type { KnownPeople } from './who-is-who.ts';

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
  const mergedInto = await mergedPeople(tx, gone);
  if (mergedInto.size > 0) await lockPeople(tx, [...mergedInto.values()], people);
  // Who else an item's people are matters only where an item names them in more than one way.
  const isPlain = items.every((item) => identityKeys(item).length < 2);
  return {
    people,
    identities: isPlain
      ? identities
      : distinct([...identities, ...(await tx.find(known, { person: [...people.keys()] }))]),
    mergedInto,
  };
}

async function identitiesFor(tx: Transaction, keys: readonly IdentityKey[]): Promise<Identity[]> {
  if (keys.length === 0) return [];
  const found = await identitiesOf(tx, keys);
  const have = new Set(found.map(printKey));
  const unknown = keys.filter((key) => !have.has(printKey(key)));
  if (unknown.length === 0) return found;
  await tx.lock(unknown.map((key) => `identity ${printKey(key)}`));
  return [...found, ...(await identitiesOf(tx, unknown))];
}

async function identitiesOf(tx: Transaction, keys: readonly IdentityKey[]): Promise<Identity[]> {
  const asked = new Set(keys.map(printKey));
  const where = {
    kind: [...new Set(keys.map(({ kind }) => kind))],
    value: keys.map(({ value }) => value),
  };
  // One value may be of several kinds.
  return (await tx.find(known, where)).filter((identity) => asked.has(printKey(identity)));
}

async function lockPeople(
  tx: Transaction,
  ids: readonly string[],
  into: Map<string, Person> = new Map(),
): Promise<Map<string, Person>> {
  const wanted = [...new Set(ids)].filter((id) => !into.has(id));
  if (wanted.length === 0) return into;
  await tx.lock(wanted);
  const rows = await tx.find(everybody, { id: wanted });
  for (const person of rows) into.set(person.id, person);
  return into;
}

/** Who each of these people is now; those who were never merged are left out. */
async function mergedPeople(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.find(merged, { id: ids });
  return new Map(rows.map(({ id, into }) => [id, into]));
}

const distinct = <Key extends IdentityKey>(keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [printKey(key), key])).values(),
];
