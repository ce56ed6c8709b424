/** Makes a checkpoint of the older part of a long past. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { NamedEvent } from '../../dsl/conditions/named-event.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { modelSums } from '../../dsl/scoring/model-sums.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import { type Checkpoint, latestOf, type Past } from './past.ts';
import { inSlices } from './slices.ts';

/** So many events are read at every turn without much ado. */
const LONG_EVENTS = 64;
/** Events come a little out of order: so many stay in front of a checkpoint, that it need not be thrown away. */
const LEFT_EVENTS = 16;

export const isLong = ({ rows }: Past): boolean => rows.length > LONG_EVENTS;

/**
 * @param meant those of the past's start, in its order.
 * @param from the instant that facts are about: a checkpoint is no later.
 */
export async function condense(
  { model, meant }: { model: ScoringModel | undefined; meant: readonly NamedEvent[] },
  { start, rows }: Past,
  from: Instant,
): Promise<Checkpoint | null> {
  let count = rows.length - LEFT_EVENTS;
  // All of one instant stay together, and what is asked about stays in front.
  const isCut = (at: Instant | undefined) =>
    at === undefined || at > from || at === rows[count]?.at;
  while (count > 0 && isCut(rows[count - 1]?.at)) count -= 1;
  const last = rows[count - 1];
  if (last === undefined) return null;
  const sums = model && modelSums(model, start?.gathered);
  const latest = latestOf(meant, start?.latest);
  await inSlices(rows.slice(0, count), (row) => {
    sums?.add(row);
    latest.add(row);
  });
  return {
    upTo: last.at,
    gathered: sums?.gatheredBy(last.at) ?? [],
    latest: latest.list().map((each, i) => each && withoutRest(each, meant[i])),
  };
}

/** What nobody tests need not be kept. */
function withoutRest({ id, name, at, properties }: Behaviour, meant?: NamedEvent): Behaviour {
  const tested: JsonObject = Object.fromEntries(
    Object.keys(meant?.where ?? {}).flatMap((field) => {
      const value = properties[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  return { id, name, at, properties: tested };
}
