/**
 * Whose behaviour it is: decides in memory, item by item, who is known, who is new, whose identities
 * move and who turns out to be one person. Pure but for new ids; the caller writes what was decided.
 */
import type { Identity, Person } from '../../store/tables/index.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { identityKeys, type IdentityKey } from './identity-keys.ts';
import { type KnownPeople, type Merge, whoIsWho } from './who-is-who.ts';

export interface Resolution {
  /** The person of each item; undefined where it named one that does not exist. */
  readonly personOf: readonly (string | undefined)[];
  readonly created: readonly Person[];
  readonly identities: readonly Identity[];
  readonly merges: readonly Merge[];
  /** Items that changed who is who. */
  readonly changedBy: ReadonlySet<number>;
}

/**
 * People with different user ids are never one, unless somebody says so on purpose. Someone without a user id is joined to the item's
 * person where the item names their e-mail, or where they were anonymous till now; a device goes
 * over to whoever identified on it last.
 */
export function resolvePeople(
  items: readonly BehaviourItem[],
  known: KnownPeople,
  newId: () => string,
): Resolution {
  const state = whoIsWho(known);
  const { changedBy, created, merges } = state;
  const personOf = items.map((item, index) => {
    if (item.person !== undefined) {
      const owner = state.living(item.person);
      const other = 'sameAs' in item && item.sameAs !== undefined && state.living(item.sameAs);
      if (owner !== undefined && other && other !== owner) merge(other, owner, index);
      return owner;
    }
    const keys = identityKeys(item);
    const found = keys.map((key) => ({ key, person: state.holder(key) }));
    const owner = ownerAmong(found, state) ?? newPerson(item, index);
    for (const { key, person } of found) {
      const current = state.living(owner);
      const other = person === undefined ? undefined : state.living(person);
      if (other === undefined) state.give(key, current ?? owner, index);
      else if (other !== current) join(key, other, current ?? owner, index);
    }
    return owner;
  });

  function newPerson(item: BehaviourItem, index: number): string {
    const person = { id: newId(), profile: {}, zone: null, createdAt: item.at };
    created.push(person);
    state.people.set(person.id, person);
    changedBy.add(index);
    return person.id;
  }

  function join(key: IdentityKey, other: string, owner: string, item: number): void {
    const named = key.kind !== 'anonymous' || !state.has(other, 'email');
    if (!state.has(other, 'user') && named) {
      merge(other, owner, item);
    } else if (key.kind === 'anonymous') {
      state.give(key, owner, item);
    }
  }

  function merge(other: string, owner: string, item: number): void {
    const [into, from] = state.isOlder(other, owner) ? [other, owner] : [owner, other];
    merges.push({ item, from, into, leading: owner });
    state.merge(from, into);
    changedBy.add(item);
  }

  return {
    personOf: personOf.map((person) => person && state.living(person)),
    created: created.filter(({ id }) => state.living(id) === id),
    identities: state.given(),
    merges,
    changedBy,
  };
}

type Found = readonly { readonly key: IdentityKey; readonly person: string | undefined }[];

/** Who the item is about, of those whom its identities name; undefined where it is somebody new. */
function ownerAmong(found: Found, state: ReturnType<typeof whoIsWho>): string | undefined {
  const user = found.find(({ key }) => key.kind === 'user');
  if (user?.person !== undefined) return user.person;
  const email = found.find(({ key }) => key.kind === 'email');
  return found.find(({ key, person }) => {
    if (person === undefined || (user !== undefined && state.has(person, 'user'))) return false;
    // A device in a shop serves many: another e-mail on it is another person.
    return key.kind === 'email' || email === undefined || !state.has(person, 'email');
  })?.person;
}
