/**
 * Finds and locks everybody whom items name. An identity that nobody has is locked by its own name, so
 * that two transactions cannot both make a person for it.
 */
import { type Transaction, TryAgain } from '../../store/store.ts';
import {
  identities as known,
  type Identity,
  merged,
  people as everybody,
} from '../../store/tables/index.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { identityKeys, type IdentityKey, printKey } from './identity-keys.ts';
import type { KnownPeople } from './who-is-who.ts';

/** @throws TryAgain where somebody was added or merged while it waited. */
export async function findPeople(
  tx: Transaction,
  items: readonly BehaviourItem[],
): Promise<KnownPeople> {
  const keys = distinct(items.flatMap(identityKeys));
  const named = [...new Set(items.flatMap(namedBy))];
  const toLock = namesOf(keys, named, await lookUp(tx, keys, named));
  const locked = await tx.lock(toLock.people, toLock.identities);
  const found = await lookUp(tx, keys, named);
  const now = namesOf(keys, named, found);
  const others = [...now.people, ...now.identities].filter((name) => !locked.has(name));
  if (others.length > 0) throw new TryAgain('The people of these items', others);
  const { identities, mergedInto } = found;
  const ids = [
    ...new Set([...named, ...identities.map(({ person }) => person), ...mergedInto.values()]),
  ];
  const people = new Map((await tx.find(everybody, { id: ids })).map((row) => [row.id, row]));
  // Who else an item's people are matters only where an item names them in more than one way.
  const isPlain = items.every((item) => identityKeys(item).length + namedBy(item).length < 2);
  return {
    people,
    identities: isPlain
      ? identities
      : distinct([...identities, ...(await tx.find(known, { person: [...people.keys()] }))]),
    mergedInto,
  };
}

const namedBy = (item: BehaviourItem): string[] =>
  item.person === undefined
    ? []
    : [item.person, ...('sameAs' in item && item.sameAs !== undefined ? [item.sameAs] : [])];

type LookedUp = Pick<KnownPeople, 'identities' | 'mergedInto'>;

async function lookUp(
  tx: Transaction,
  keys: readonly IdentityKey[],
  named: readonly string[],
): Promise<LookedUp> {
  return {
    identities: keys.length === 0 ? [] : await identitiesOf(tx, keys),
    mergedInto: await mergedPeople(tx, named),
  };
}

/** What must be locked: the people themselves, those whom they became, and identities that nobody has. */
function namesOf(
  keys: readonly IdentityKey[],
  named: readonly string[],
  { identities, mergedInto }: LookedUp,
): { readonly people: readonly string[]; readonly identities: readonly string[] } {
  const have = new Set(identities.map(printKey));
  const unknown = keys.map(printKey).filter((key) => !have.has(key));
  return {
    people: [...named, ...mergedInto.values(), ...identities.map(({ person }) => person)],
    identities: unknown.map((key) => `identity ${key}`),
  };
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
