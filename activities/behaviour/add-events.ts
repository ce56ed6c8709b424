/** Adds items as events; what the store had already is left out, and may have decided nothing. */
import { normaliseName } from '../../dsl/behaviour.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import type { Instant } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { events, type EventRow } from '../../store/tables/index.ts';
import { forgetPasts } from '../past/load-pasts.ts';
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
export async function addEvents(
  tx: Transaction,
  items: readonly BehaviourItem[],
  { personOf, changedBy, created, merges }: Resolution,
  receivedAt: Instant,
): Promise<readonly NewItem[]> {
  const placed = items.flatMap((item, index) => {
    const person = personOf[index];
    return person === undefined ? [] : [{ item, index, row: rowOf(item, person, receivedAt) }];
  });
  const rows = await suspectRows(
    tx,
    placed.map(({ row }) => row),
    placed.map(({ item }) => (item.type === 'track' ? item.context : undefined)),
  );
  const added = new Map((await tx.add(events, rows)).map((row) => [itemKey(row), row]));
  const repeated = placed.filter(({ row }) => !added.has(itemKey(row)));
  if (repeated.some(({ index }) => changedBy.has(index))) {
    throw new RepeatedItems(new Set(repeated.map(({ row }) => itemKey(row))));
  }
  // Who begins to exist has none.
  const isNew = new Set(created.map(({ id }) => id));
  await forgetPasts(
    tx,
    [...added.values()].filter(({ person }) => !isNew.has(person)),
  );
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
    name: item.type === 'track' ? normaliseName(name) : systemEvents.identified,
    originalName: name,
    at: item.at,
    receivedAt,
    properties: item.type === 'track' ? item.properties : item.traits,
    suspectedBot: false,
  };
}
