/**
 * Drains one batch of a lane: takes it, has it done, records what became of it. A batch is recorded
 * before anything is done with it and its outcomes are recorded together, so that one that was cut
 * short anywhere comes again as it was, under the same key.
 */
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { FINISHED, laneRows } from '../../store/tables/index.ts';
import type { World } from '../world.ts';
import { failedBatch, passed } from './failing-batches.ts';
import type { Lane, LaneResult, RowOutcome } from './lane.ts';
import { type Taken, takeBatch } from './take-batch.ts';

export interface Drained {
  /** Rows that are over: done or failed. */
  readonly rows: number;
  readonly failed: number;
  /** Rows that could not be done and went back into the lane, at once or for later. */
  readonly waiting: number;
  /** Rows that go on in batches of their own. */
  readonly parted: number;
  /** Rows that wait for somebody now, by code. */
  readonly aside: ReadonlyMap<string, number>;
  /** Where all of them are over and no batch fails: the last that came into the lane, by its key. */
  readonly last?: string | undefined;
}

const NOTHING: Drained = { rows: 0, failed: 0, waiting: 0, parted: 0, aside: new Map() };

/**
 * Drains the batch whose turn it is. All zeros: there is none.
 *
 * @param behind what was `last` when everything before it had been looked at: it is not looked at again as long
 * as there is more, so that a batch costs the same, however many went before
 * @throws what the lane threw, where that is no fault of the batch alone as far as is known: the batch is kept
 */
export async function drainBatch(world: World, name: string, behind?: string): Promise<Drained> {
  const lane = laneOf(world, name);
  const batch = await takeBatch(world, name, lane, behind);
  if (batch === undefined) return NOTHING;
  const { outcomes, record, interrupted, isAnswered = true } = await processed(world, lane, batch);
  await world.store.transaction(async (tx) => {
    await record?.(tx);
    await recordRows(tx, name, batch, outcomes);
    if (isAnswered && interrupted === undefined) await passed(tx, batch.suspects, world.clock());
  });
  if (interrupted !== undefined) throw interrupted;
  const of = (status: RowOutcome['status']) => outcomes.filter((row) => row.status === status);
  const rows = of('done').length + of('failed').length;
  return {
    rows,
    last: rows === batch.rows.length && batch.suspects.length === 0 ? batch.last : undefined,
    failed: of('failed').length,
    waiting: of('waiting').length + of('later').length + of('claimed').length,
    parted: of('parted').length,
    aside: new Map(
      [...groupBy(of('aside'), ({ code }) => code ?? '')].map(([code, rows]) => [
        code,
        rows.length,
      ]),
    ),
  };
}

/** Only as this batch was taken: whoever took it since knows more. */
async function recordRows(
  tx: Transaction,
  lane: string,
  { key, rows }: Taken,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  const attempts = [...new Set(rows.map((row) => row.attempts))];
  await tx.change(
    laneRows,
    outcomes.map((outcome) => columnsOf(lane, key, outcome)),
    { status: 'claimed', batch: key, attempts },
  );
}

/** A row that is to be tried again is for another batch, unless this one may have been accepted. */
const columnsOf = (
  lane: string,
  own: string,
  { attempts = 0, notBefore, since, batch, ...outcome }: RowOutcome,
) => ({
  ...outcome,
  lane,
  batch: batch ?? (FINISHED.includes(outcome.status) ? own : null),
  attempts,
  notBefore: notBefore ?? null,
  since: since ?? null,
});

export function laneOf({ lanes }: Pick<World, 'lanes'>, name: string): Lane {
  const lane = lanes.get(name);
  if (lane !== undefined) return lane;
  throw new Error(
    `Lane "${name}": expected one of ${[...lanes.keys()].join(', ')}. ` +
      'Deploy a worker whose version knows it. [unknown-lane]',
  );
}

async function processed(world: World, lane: Lane, batch: Taken): Promise<LaneResult> {
  try {
    return await lane.process(world, batch);
  } catch (error) {
    return failedBatch(world, batch, error);
  }
}
