/**
 * Which batch a lane comes to next. One that was cut short comes first; one that failed three times lets others go
 * before it. Until one of those has passed, nobody knows whether the provider is away: then single messages go
 * ahead, and few of them, since all that is tried in vain may have been accepted.
 */
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { type LaneRow, laneRows } from '../../store/tables/index.ts';
import { batchKey, claimedAt } from './batch-key.ts';
import type { Batch, Lane, LaneWorld } from './lane.ts';

/** A batch that may have been accepted, and what is known of its failures. */
export interface Suspect {
  readonly key: string;
  readonly rows: readonly LaneRow[];
  readonly attempts: number;
  readonly notBefore: number | null;
  /** Null: nothing has passed since it became one. */
  readonly since: number | null;
}

export interface Taken extends Batch {
  /** True for a part of a batch that was refused as a whole: it stays together. */
  readonly isPart: boolean;
  /** Of a first attempt: the key of the last that came into the lane. */
  readonly last?: string | undefined;
  /** What was known of this one before. */
  readonly suspect?: Suspect;
  /** The others that fail. */
  readonly suspects: readonly Suspect[];
}

/** So often a batch is tried before any other. */
export const TRIES_IN_FRONT = 3;

/** So many batches may fail before the lane only tries these again, and once in a while another. */
const MOST_IN_DOUBT = 3;
const ANOTHER_EVERY_MS = 5 * 60_000;

/** @param behind what was `last`, where no batch failed and none was cut: there is nothing else to look at. */
export async function takeBatch(
  world: LaneWorld,
  name: string,
  { maxBatch }: Pick<Lane, 'maxBatch'>,
  behind: string | undefined,
): Promise<Taken | undefined> {
  const next =
    behind === undefined
      ? undefined
      : await world.store.transaction((tx) =>
          takeNew({ tx, world, name, suspects: [], behind }, maxBatch),
        );
  return next ?? takeFromAll(world, name, maxBatch);
}

const takeFromAll = (
  world: LaneWorld,
  name: string,
  maxBatch: number,
): Promise<Taken | undefined> =>
  world.store.transaction(async (tx) => {
    const now = world.clock();
    const claimed = suspectsIn(await tx.find(laneRows, { lane: name, status: 'claimed' }));
    const isInFront = ({ attempts }: Suspect) => attempts < TRIES_IN_FRONT - 1;
    const suspects = claimed.filter((each) => !isInFront(each));
    const again = (suspect: Suspect) => tryAgain(tx, suspect, suspects);
    const first = claimed.find(isInFront);
    if (first !== undefined) return again(first);
    const isPassing = suspects.every(({ since }) => since !== null);
    const [next] = suspects.toSorted((a, b) => (a.notBefore ?? 0) - (b.notBefore ?? 0));
    const isDue = next !== undefined && (next.notBefore ?? 0) <= now;
    if (isPassing && isDue) return again(next);
    if (isPassing || mayTryAnother(suspects, now)) {
      const take = { tx, world, name, suspects };
      const fresh = isPassing
        ? ((await takePart(take)) ?? (await takeNew(take, maxBatch)))
        : ((await takeNew(take, 1)) ?? (await takePart(take)));
      if (fresh !== undefined) return fresh;
    }
    return isPassing || next === undefined ? undefined : again(next);
  });

const mayTryAnother = (suspects: readonly Suspect[], now: number): boolean =>
  suspects.length < MOST_IN_DOUBT ||
  now - Math.max(...suspects.map(({ key }) => claimedAt(key))) >= ANOTHER_EVERY_MS;

const suspectsIn = (claimed: readonly LaneRow[]): readonly Suspect[] =>
  [...groupBy(claimed, ({ batch }) => batch ?? '')].map(([key, rows]) => ({
    key,
    rows: inOrder(rows),
    attempts: Math.min(...rows.map(({ attempts }) => attempts)),
    notBefore: rows[0]?.notBefore ?? null,
    since: rows[0]?.since ?? null,
  }));

/** Counted before it is tried: a try that ends with its process counts, and what a frozen one says later does not. */
async function tryAgain(
  tx: Transaction,
  suspect: Suspect,
  all: readonly Suspect[],
): Promise<Taken> {
  const { key } = suspect;
  const rows = suspect.rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
  await tx.change(
    laneRows,
    rows.map(({ lane, key: row, attempts }) => ({ lane, key: row, attempts })),
    { status: 'claimed', batch: key },
  );
  const suspects = all.filter((each) => each.key !== key);
  return { key, rows, isFirst: false, isPart: false, suspect, suspects };
}

interface Take {
  readonly tx: Transaction;
  readonly world: LaneWorld;
  readonly name: string;
  readonly suspects: readonly Suspect[];
  readonly behind?: string;
}

/** Its key is made now: so that it says since when the part may have been accepted. */
async function takePart({ tx, world, name, suspects }: Take): Promise<Taken | undefined> {
  const parted = { lane: name, status: 'parted' } as const;
  if ((await tx.count(laneRows, ['lane'], parted)).length === 0) return undefined;
  // Two drains at once would give it two keys.
  await tx.lock([`lane/${name}`]);
  const [part] = groupBy(await tx.find(laneRows, parted), ({ batch }) => batch ?? '').values();
  if (part === undefined) return undefined;
  const batch = batchKey(world.clock(), world.newId());
  const rows = part.map((row) => ({ ...row, status: 'claimed' as const, batch }));
  await tx.change(
    laneRows,
    rows.map(({ lane, key, status }) => ({ lane, key, status, batch })),
  );
  return { key: batch, rows: inOrder(rows), isFirst: true, isPart: true, suspects };
}

async function takeNew(
  { tx, world, name, suspects, behind }: Take,
  limit: number,
): Promise<Taken | undefined> {
  const key = batchKey(world.clock(), world.newId());
  const rows = await tx.claim(name, key, limit, world.clock(), behind);
  const last = rows.at(-1)?.key;
  if (last === undefined) return undefined;
  return { key, rows: inOrder(rows), isFirst: true, isPart: false, last, suspects };
}

/** As decided; of one instant in the order of arrival, which the store keeps: a batch that comes again is the same. */
const inOrder = (rows: readonly LaneRow[]): readonly LaneRow[] =>
  rows.toSorted((a, b) => a.at - b.at);
