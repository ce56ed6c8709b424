/**
 * Drains one batch of a lane: takes it, has it done, records what became of it. A batch is recorded
 * before anything is done with it and its outcomes are recorded together, so that one that was cut
 * short anywhere comes again as it was, under the same key.
 */
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { FINISHED, type LaneRow, laneRows } from '../../store/tables/index.ts';
import type { World } from '../world.ts';
import { batchKey } from './batch-key.ts';
import type { Lane, LaneResult, LaneWorld, RowOutcome } from './lane.ts';
import { ProviderUnavailable } from './sender.ts';

export interface Drained {
  /** Rows that are over: done or failed. */
  readonly rows: number;
  readonly failed: number;
  /** Rows that could not be done and went back into the lane, at once or for later. */
  readonly waiting: number;
  /** Where all of them are over: the last that came into the lane, by its key. */
  readonly last?: string | undefined;
}

interface Batch {
  readonly key: string;
  readonly rows: readonly LaneRow[];
  /** True for the first attempt. */
  readonly fresh: boolean;
  /** Of a first attempt: the key of the last that came into the lane. */
  readonly last?: string | undefined;
}

/**
 * Drains the oldest batch that was cut short, else a new one. All zeros: the lane is empty.
 *
 * @param behind what was `last` when everything before it had been looked at: it is not looked at again as long
 * as there is more, so that a batch costs the same, however many went before
 * @throws ProviderUnavailable where the provider takes nothing now; the batch is kept for the next call
 */
export async function drainBatch(world: World, name: string, behind?: string): Promise<Drained> {
  const lane = laneOf(world, name);
  const batch = await takeBatch(world, name, lane, behind);
  if (batch === undefined) return { rows: 0, failed: 0, waiting: 0 };
  const { outcomes, record, interrupted } = await processed(world, lane, batch);
  await world.store.transaction(async (tx) => {
    await record?.(tx);
    await tx.change(
      laneRows,
      outcomes.map((outcome) => columnsOf(name, batch.key, outcome)),
    );
  });
  if (interrupted !== undefined) throw interrupted;
  const count = (status: string) => outcomes.filter((row) => row.status === status).length;
  const waiting = count('waiting') + count('later');
  const rows = count('done') + count('failed');
  const last = rows === batch.rows.length ? batch.last : undefined;
  return { rows, failed: count('failed'), waiting, last };
}

/** A row that is to be tried again is for another batch. */
const columnsOf = (
  lane: string,
  batch: string,
  { attempts = 0, notBefore, ...outcome }: RowOutcome,
) => ({
  ...outcome,
  lane,
  batch: FINISHED.includes(outcome.status) ? batch : null,
  attempts,
  notBefore: notBefore ?? null,
});

export function laneOf({ lanes }: Pick<World, 'lanes'>, name: string): Lane {
  const lane = lanes.get(name);
  if (lane !== undefined) return lane;
  throw new Error(
    `Lane "${name}": expected one of ${[...lanes.keys()].join(', ')}. ` +
      'Deploy a worker whose version knows it. [unknown-lane]',
  );
}

async function takeBatch(
  world: LaneWorld,
  name: string,
  lane: Lane,
  behind: string | undefined,
): Promise<Batch | undefined> {
  const batch = await world.store.transaction(async (tx): Promise<Batch | undefined> => {
    const begun = behind === undefined ? await oldestBegun(tx, name) : undefined;
    if (begun !== undefined) return begun;
    const key = batchKey(world.clock(), world.newId());
    const rows = await tx.claim(name, key, lane.maxBatch, world.clock(), behind);
    const last = rows.at(-1)?.key;
    return last === undefined ? undefined : { key, rows: inOrder(rows), fresh: true, last };
  });
  const hasMissed = batch === undefined && behind !== undefined;
  return hasMissed ? takeBatch(world, name, lane, undefined) : batch;
}

async function oldestBegun(tx: Transaction, lane: string): Promise<Batch | undefined> {
  const claimed = await tx.find(laneRows, { lane, status: 'claimed' });
  const [begun] = groupBy(claimed, ({ batch }) => batch ?? '');
  return begun && { key: begun[0], rows: inOrder(begun[1]), fresh: false };
}

async function processed(world: LaneWorld, lane: Lane, batch: Batch): Promise<LaneResult> {
  try {
    return await lane.process(world, batch.key, batch.rows);
  } catch (error) {
    const unsent = batch.fresh && error instanceof ProviderUnavailable && error.park;
    if (!unsent) throw error;
    // Nothing of it was ever accepted: it may be put together anew when the provider is back.
    return {
      outcomes: batch.rows.map(({ key }) => ({
        key,
        status: 'waiting',
        code: error.code,
        detail: error.message,
      })),
      interrupted: error,
    };
  }
}

/** As decided; of one instant in the order of arrival, which the store keeps: a batch that comes again is the same. */
const inOrder = (rows: readonly LaneRow[]): readonly LaneRow[] =>
  rows.toSorted((a, b) => a.at - b.at);
