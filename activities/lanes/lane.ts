/** What a lane must know. Whoever makes one binds it to its port; draining never mentions a lane. */
import type { Instant } from '../../dsl/plan.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { LaneRow, LaneStatus } from '../../store/tables/index.ts';
import type { Context } from '../context.ts';

/** What lanes work with. */
export interface LaneWorld extends Context {
  readonly store: Store;
}

/** Of lanes that nobody waits for. */
export const UNHURRIED_MS = 200;

export interface Lane {
  /** Rows in one batch. */
  readonly maxBatch: number;
  /** Batches a second; Infinity where nothing limits them. */
  readonly callsPerSecond: number;
  /** How long rows are gathered after a batch that was not full: few large batches cost less than many small ones. */
  readonly gatherMs: number;
  /**
   * Does what the rows ask for. `batchKey` is the same whenever a batch that was cut short comes
   * again, with the same rows in the same order.
   *
   * @throws ProviderUnavailable: the rows stay as they are, and come again as this batch. With `park`
   * set nothing of them was accepted.
   */
  readonly process: (
    world: LaneWorld,
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

/**
 * `waiting`, `later` (from `notBefore` on): back into the lane, for another batch; `aside`: for another batch
 * once somebody asks for it. Only where a repeat has no second effect.
 */
export interface RowOutcome extends Pick<LaneRow, 'key' | 'code' | 'detail'> {
  readonly status: Exclude<LaneStatus, 'claimed'>;
  /** Default: 0. */
  readonly attempts?: number;
  /** Default: none. */
  readonly notBefore?: Instant;
}

export const doneRow = ({ key }: Pick<LaneRow, 'key'>): RowOutcome => ({
  key,
  status: 'done',
  code: null,
  detail: null,
});

export const failedRow = (
  { key }: Pick<LaneRow, 'key'>,
  code: string,
  detail: string | null,
): RowOutcome => ({ key, status: 'failed', code, detail });

/** A row that is to be added to a lane. */
export const waitingRow = (
  row: Pick<LaneRow, 'lane' | 'key' | 'cohort' | 'person' | 'at' | 'payload'>,
) => ({ ...row, status: 'waiting' as const, attempts: 0 });
