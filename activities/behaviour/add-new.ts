/** Adds items as events; what the store had already is left out, and may have decided nothing. */
import { normaliseName } from '../../dsl/behaviour.ts';
import { houseEvents } from '../../dsl/house-events.ts';
import type { Instant } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { EventRow } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { World } from '../world.ts';
import type { NewItem } from './apply-items.ts';
import { itemKey, type BehaviourItem } from './behaviour-item.ts';
import type { Resolution } from './resolve-people.ts';
import { suspectRows } from './suspect-rows.ts';

/** Repeated items had been taken for new when it was decided who is who: decide again without them. */
export class RepeatedItems extends Error {
  override readonly name = 'RepeatedItems';
  readonly keys: ReadonlySet<string>;
  constructor(keys: ReadonlySet<string>) {
    super('Items: some were recorded before and must have no effect. [repeated-items]');
    this.keys = keys;
  }
}

/**
 * Adds the items' rows; answers with those that were new.
 *
 * @throws RepeatedItems where one that was not new had changed who is who.
 */
export async function addNew(
  world: World,
  tx: Transaction,
  items: readonly BehaviourItem[],
  { personOf, changedBy, merges }: Resolution,
): Promise<readonly NewItem[]> {
  const receivedAt = world.clock();
  const placed = items.flatMap((item, index) => {
    const person = personOf[index];
    return person === undefined ? [] : [{ item, index, row: rowOf(item, person, receivedAt) }];
  });
  const rows = await suspectRows(
    tx,
    placed.map(({ row }) => row),
    placed.map(({ item }) => (item.type === 'track' ? item.context : undefined)),
  );
  const added = new Map((await tx.addEvents(rows)).map((row) => [itemKey(row), row]));
  const repeated = placed.filter(({ row }) => !added.has(itemKey(row)));
  if (repeated.some(({ index }) => changedBy.has(index))) {
    throw new RepeatedItems(new Set(repeated.map(({ row }) => itemKey(row))));
  }
  const mergesOf = groupBy(merges, (merge) => merge.item);
  return placed.flatMap(({ item, index, row }) => {
    const stored = added.get(itemKey(row));
    return stored === undefined ? [] : [{ item, row: stored, merges: mergesOf.get(index) ?? [] }];
  });
}

function rowOf(item: BehaviourItem, person: string, receivedAt: Instant): EventRow {
  const name = item.type === 'track' ? item.name : 'Identified';
  return {
    source: item.source,
    id: item.id,
    person,
    name: item.type === 'track' ? normaliseName(name) : houseEvents.identified,
    originalName: name,
    at: item.at,
    receivedAt,
    properties: item.type === 'track' ? item.properties : item.traits,
    suspectedBot: false,
  };
}
