/** What a lane must know. One file each; draining never mentions a lane. */
import type { Lane, LaneRow } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { World } from '../world.ts';

export interface LaneKind {
  readonly lane: Lane;
  /** Rows in one batch. */
  readonly maxBatch: (world: World) => number;
  /** Batches a second; Infinity where nothing limits them. */
  readonly callsPerSecond: (world: World) => number;
  /**
   * Does what the rows ask for. `batchKey` is the same whenever a batch that was cut short comes
   * again, with the same rows in the same order.
   *
   * @throws ProviderUnavailable: the rows stay as they are, and come again as this batch. With `park`
   * set nothing of them was accepted.
   */
  readonly process: (
    world: World,
    batchKey: string,
    rows: readonly LaneRow[],
  ) => Promise<LaneResult>;
}

export interface LaneResult {
  /** One for each row. */
  readonly outcomes: readonly RowOutcome[];
  /** What else is to be written in the transaction that records the outcomes. */
  readonly record?: (tx: Transaction) => Promise<void>;
  /** Thrown once the outcomes are recorded: why the rows that still wait could not be done now. */
  readonly interrupted?: unknown;
}

/** `waiting`: back into the lane, for another batch. Only where a repeat has no second effect. */
export interface RowOutcome {
  readonly key: string;
  readonly status: 'done' | 'failed' | 'waiting';
  readonly code: string | null;
  readonly detail: string | null;
}

export const doneRow = ({ key }: Pick<LaneRow, 'key'>): RowOutcome => ({
  key,
  status: 'done',
  code: null,
  detail: null,
});
