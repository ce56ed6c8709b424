/** Who people were before they turned out to be one: what either was true of is no news of the two. */
import { systemEvents } from '../../dsl/system-events.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { events, type EventRow, type Person } from '../../store/tables/index.ts';
import type { NewItem } from './apply-items.ts';
import { itemKey } from './behaviour-item.ts';
import { zoneOf } from './merge-traits.ts';
import type { KnownPeople } from './who-is-who.ts';

/** Somebody as they were before they turned out to be the same as another. */
export interface FormerPerson {
  readonly id: string;
  readonly profile: JsonObject;
  readonly events: readonly EventRow[];
  /** When their zone was said: with their first words, where nobody knows better. */
  readonly zoneSaidAt: Instant;
}

/** By the key of the item that showed them to be one. */
export type FormerPeople = ReadonlyMap<string, readonly FormerPerson[]>;

/** @param merging those of the items that show people to be one. */
export async function formerPeople(
  tx: Transaction,
  { people }: Pick<KnownPeople, 'people'>,
  merging: readonly NewItem[],
  items: readonly NewItem[],
): Promise<FormerPeople> {
  const idsOf = ({ merges }: NewItem): string[] => [
    ...new Set(merges.flatMap(({ from, into }) => [from, into])),
  ];
  const fresh = new Set(items.map(({ row }) => itemKey(row)));
  const before = (await tx.find(events, { person: [...new Set(merging.flatMap(idsOf))] })).filter(
    (row) => !fresh.has(itemKey(row)),
  );
  const eventsOf = groupBy(before, ({ person }) => person);
  const formerOf = (id: string): FormerPerson[] => {
    const person = people.get(id);
    if (person === undefined) return [];
    const own = eventsOf.get(id) ?? [];
    return [{ id, profile: person.profile, events: own, zoneSaidAt: zoneSaidAt(person, own) }];
  };
  return new Map(merging.map((each) => [itemKey(each.row), idsOf(each).flatMap(formerOf)]));
}

/** Of events in order of time. */
const zoneSaidAt = ({ createdAt }: Person, own: readonly EventRow[]): Instant =>
  own.findLast(
    ({ name, properties }) => name === systemEvents.identified && zoneOf(properties) !== null,
  )?.at ?? createdAt;
