/** Those who are about to be merged, as they were: what either was true of is no news of the two. */
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import type { World } from '../world.ts';
import type { NewItem } from './apply-items.ts';
import { itemKey } from './behaviour-item.ts';
import type { FormerPerson } from './enter-journeys.ts';
import type { KnownPeople } from './resolve-people.ts';

/** By the key of the item that showed them to be one. */
export async function formerPeople(
  world: World,
  tx: Transaction,
  { people }: KnownPeople,
  news: readonly NewItem[],
): Promise<ReadonlyMap<string, readonly FormerPerson[]>> {
  const merging = news.filter(({ merges }) => merges.length > 0);
  if (merging.length === 0 || world.project.plans.size === 0) return new Map();
  const idsOf = ({ merges }: NewItem): string[] => [
    ...new Set(merges.flatMap(({ from, into }) => [from, into])),
  ];
  const fresh = new Set(news.map(({ row }) => itemKey(row)));
  const before = (await tx.events(merging.flatMap(idsOf))).filter(
    (row) => !fresh.has(itemKey(row)),
  );
  const eventsOf = groupBy(before, ({ person }) => person);
  return new Map(
    merging.map((each) => [
      itemKey(each.row),
      idsOf(each).flatMap((id) => {
        const person = people.get(id);
        return person === undefined
          ? []
          : [{ profile: person.profile, events: eventsOf.get(id) ?? [] }];
      }),
    ]),
  );
}
