/**
 * How often each thing was decided in a journey, in a span of time. Days that are long over do not change any more:
 * what they come to is remembered, so that a page costs what has happened since.
 */
import type { World } from '../activities/world.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Store } from '../store/store.ts';
import { type Decision, decisions } from '../store/tables/index.ts';

export type Tally = Pick<Decision, 'step' | 'verdict' | 'outcome' | 'reason'> & {
  readonly count: number;
};

/** Rows of this long ago are there: whoever was reached late was reached by then. */
const SETTLED_MS = 2 * DAY_MS;
const MOST_REMEMBERED = 100;
const remembered = new WeakMap<Store, Map<string, Promise<readonly Tally[]>>>();

/** Of instants from `from` on, before `to`; of several for the same, which the caller adds up. */
export async function talliesOf(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  journey: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<readonly Tally[]> {
  const start = Math.ceil(from / DAY_MS) * DAY_MS;
  const end = Math.floor(Math.min(to, clock() - SETTLED_MS) / DAY_MS) * DAY_MS;
  if (end <= start) return count(store, journey, from, to);
  const spans = [
    count(store, journey, from, start),
    settled(store, journey, start, end),
    count(store, journey, end, to),
  ];
  return (await Promise.all(spans)).flat();
}

function settled(store: Store, journey: string, from: Instant, to: Instant) {
  const known = remembered.get(store) ?? new Map<string, Promise<readonly Tally[]>>();
  remembered.set(store, known);
  const key = `${journey}/${from}/${to}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const counted = count(store, journey, from, to);
  // One that failed is tried again by whoever asks next.
  counted.catch(() => known.delete(key));
  known.set(key, counted);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  return counted;
}

const count = (
  store: Store,
  journey: string,
  from: Instant,
  to: Instant,
): Promise<readonly Tally[]> =>
  store.transaction((tx) =>
    tx.count(
      decisions,
      ['step', 'verdict', 'outcome', 'reason'],
      { journey },
      { column: 'at', from, to },
    ),
  );
