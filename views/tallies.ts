/**
 * How often each thing was decided in a journey, in a span of time. Days that are long over hardly change any more:
 * what they come to is remembered for a while, so that a page costs what has happened since. Who enters late, or is
 * refused for that, does so at an instant of days ago: it shows within two minutes.
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
const REMEMBERED_FOR_MS = 2 * 60_000;

interface Remembered {
  readonly until: number;
  readonly counted: Promise<readonly Tally[]>;
}
const remembered = new WeakMap<Store, Map<string, Remembered>>();

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
  const known = remembered.get(store) ?? new Map<string, Remembered>();
  remembered.set(store, known);
  const key = `${journey}/${from}/${to}`;
  const before = known.get(key);
  // By the time of this process: the store's may be skipped.
  if (before !== undefined && before.until > performance.now()) return before.counted;
  const counted = count(store, journey, from, to);
  // One that failed is tried again by whoever asks next.
  counted.catch(() => known.delete(key));
  known.delete(key); // the newest stands last
  known.set(key, { until: performance.now() + REMEMBERED_FOR_MS, counted });
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
