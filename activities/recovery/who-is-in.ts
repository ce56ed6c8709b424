/**
 * Who is in a cohort, as the store knows: for one that begins because the engine has lost the one before. What that
 * one still writes, where it goes on somewhere, is refused from here on.
 */
import { systemEvents } from '../../dsl/system-events.ts';
import { listensSince } from '../../engine/situation.ts';
import type { HappenedItem } from '../../engine/items.ts';
import { isJustEntered, type Position } from '../../engine/position.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import type { WhoIsIn, WhoIsInAsked } from '../../engine/who-is-in.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type Enrolment,
  enrolments,
  laneRows,
  people,
  UNFINISHED,
} from '../../store/tables/index.ts';
import { mergedRuns } from '../behaviour/merged-runs.ts';
import { newsFor } from '../behaviour/wake-runs.ts';
import { entryKey, SIGNALS } from '../lanes/signals-lane.ts';
import { lockRuns } from '../requests/known.ts';
import type { World } from '../world.ts';

/** So many positions travel at a time: what waits for somebody who is parked is with theirs. */
const MOST_AT_ONCE = 100;

export const whoIsIn = (
  { store }: Pick<World, 'store'>,
  { cohort, execution, isBegunAgain, after = '' }: WhoIsInAsked,
): Promise<WhoIsIn> =>
  store.transaction(async (tx) => {
    const all = await tx.find(enrolments, { cohort, status: UNDER_WAY });
    const ids = all.map(({ id }) => id).filter((id) => id > after);
    const page = ids.toSorted().slice(0, MOST_AT_ONCE);
    const runs = [
      ...(
        await lockRuns(
          tx,
          page.map((id) => ({ run: { id } })),
        )
      ).values(),
    ];
    const coming = isBegunAgain ? new Set<string>() : await comingToIt(tx, runs);
    const those = runs.filter(({ id }) => !coming.has(id));
    const positions = await carriedBy(execution, tx, those);
    await tx.change(
      enrolments,
      positions.map((position) => ({ id: position.run.id, position })),
      { status: UNDER_WAY },
    );
    const next = page.at(-1);
    return {
      positions,
      news: await answersOfSales(tx, those),
      ...(next === undefined || ids.length <= MOST_AT_ONCE ? {} : { next }),
    };
  });

/** Those who have just entered and whose entries are still to be delivered. */
async function comingToIt(
  tx: Transaction,
  runs: readonly Enrolment[],
): Promise<ReadonlySet<string>> {
  const entered = runs.filter(({ position }) => position !== null && isJustEntered(position));
  if (entered.length === 0) return new Set();
  const key = entered.map(({ id }) => entryKey(id));
  const rows = await tx.find(laneRows, { lane: SIGNALS, key, status: UNFINISHED });
  const keys = new Set(rows.map((row) => row.key));
  return new Set(entered.flatMap(({ id }) => (keys.has(entryKey(id)) ? id : [])));
}

/** In the zone that was said last: the news of it may have been told to the one before. */
async function carriedBy(
  execution: string,
  tx: Transaction,
  runs: readonly Enrolment[],
): Promise<Position[]> {
  const persons = await tx.find(people, { id: runs.map(({ person }) => person) });
  const zones = new Map(persons.map(({ id, zone }) => [id, zone]));
  return runs.flatMap(({ person, position }) => {
    if (position === null) return [];
    const { run } = position;
    const zone = zones.get(person) ?? run.zone;
    return { ...position, run: { ...run, zone, carrier: execution } };
  });
}

/** Whatever else happened is asked of the store. */
async function answersOfSales(
  tx: Transaction,
  runs: readonly Enrolment[],
): Promise<readonly HappenedItem[]> {
  const since = runs.flatMap(({ person, position }) =>
    position === null ? [] : { person, after: listensSince(position.run) - 1 },
  );
  if (since.length === 0) return [];
  const rows = await tx.findBehaviour(since, [systemEvents.handoffAnswered]);
  const answersOf = groupBy(rows, ({ person }) => person);
  const goesOnFor = await mergedRuns(tx, runs);
  return runs.flatMap(({ id, person }) =>
    (answersOf.get(person) ?? []).flatMap((row) => newsFor(row, id, goesOnFor(id)) ?? []),
  );
}
