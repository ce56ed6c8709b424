/** Who is who while a batch is being resolved: what the store knew and what the batch has shown so far. */
import type { Identity, IdentityKind, Person } from '../../store/tables/index.ts';
import { type IdentityKey, printKey } from './identity-keys.ts';

export interface KnownPeople {
  readonly people: ReadonlyMap<string, Person>;
  readonly identities: readonly Identity[];
  /** Where people went that were merged away. */
  readonly mergedInto: ReadonlyMap<string, string>;
}

export interface Merge {
  /** Index of the item that showed the two to be one. */
  readonly item: number;
  readonly from: string;
  readonly into: string;
  /** The one whose fields win: who the item is about. */
  readonly leading: string;
}

export function whoIsWho({ people: before, identities, mergedInto }: KnownPeople) {
  const people = new Map(before);
  const aliases = new Map(mergedInto);
  const holders = new Map(identities.map((row) => [printKey(row), row.person]));
  const kinds = new Map<string, Set<IdentityKind>>();
  const changed = new Map<string, IdentityKey>();
  const changedBy = new Set<number>();
  const hold = (person: string, kind: IdentityKind): void => {
    const held = kinds.get(person);
    if (held === undefined) kinds.set(person, new Set([kind]));
    else held.add(kind);
  };
  for (const row of identities) hold(row.person, row.kind);

  const living = (id: string): string | undefined => {
    const into = aliases.get(id);
    if (into !== undefined) return living(into);
    return people.has(id) ? id : undefined;
  };
  const holder = (key: IdentityKey): string | undefined => {
    const person = holders.get(printKey(key));
    return person === undefined ? undefined : living(person);
  };
  return {
    people,
    changedBy,
    created: [] as Person[],
    merges: [] as Merge[],
    living,
    holder,
    has: (person: string, kind: IdentityKind) => kinds.get(person)?.has(kind) ?? false,
    /** People of this very batch count as younger than all before, whenever they did something. */
    isOlder: (a: string, b: string) =>
      (before.get(a)?.createdAt ?? Infinity) < (before.get(b)?.createdAt ?? Infinity),
    give(key: IdentityKey, person: string, item: number) {
      holders.set(printKey(key), person);
      hold(person, key.kind);
      changed.set(printKey(key), key);
      changedBy.add(item);
    },
    merge(from: string, into: string) {
      aliases.set(from, into);
      for (const kind of kinds.get(from) ?? []) hold(into, kind);
    },
    given: (): Identity[] =>
      [...changed.values()].flatMap((key) => {
        const person = holder(key);
        return person === undefined ? [] : [{ ...key, person }];
      }),
  };
}
