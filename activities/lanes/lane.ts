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
  /** Batches a second; Infinity where nothing limits them. Vendors may change it from call to call. */
  readonly callsPerSecond: number;
  /** How long rows are gathered after a batch that was not full: few large batches cost less than many small ones. */
  readonly gatherMs: number;
  /**
   * Does what the batch asks for. It comes again, where it was cut short, under the same key with the same
   * rows in the same order.
   *
   * @throws whatever it is: the rows come again as this batch. A ProviderUnavailable that is `unsent` says
   * that nothing of them was accepted by this call.
   */
  readonly process: (world: LaneWorld, batch: Batch) => Promise<LaneResult>;
}

export interface Batch {
  readonly key: string;
  /** As decided; of one instant in the order of arrival. */
  readonly rows: readonly LaneRow[];
  /** True where nothing of it can have been accepted under its key before: its first attempt. */
  readonly isFirst: boolean;
}

export interface LaneResult {
  /** One for each row. */
  readonly outcomes: readonly RowOutcome[];
  /** What else is to be written in the transaction that records the outcomes. */
  readonly record?: (tx: Transaction) => Promise<void>;
  /** False where nobody outside was asked, or no answer came: it says nothing of other batches. Default: true. */
  readonly isAnswered?: boolean;
  /** Thrown once the outcomes are recorded: why the rows that still wait could not be done now. */
  readonly interrupted?: unknown;
}

/**
 * `waiting`, `later` (from `notBefore` on): back into the lane, for another batch; `aside`: once somebody asks for
 * it; `parted`: into the batch that is named, with those who name it too. Only where a repeat has no second
 * effect. `claimed`: again, in the batch as it is.
 */
export interface RowOutcome extends Pick<LaneRow, 'key' | 'code' | 'detail'> {
  readonly status: LaneStatus;
  /** The batch that it stays or is put in; default: none, or its own where it is over. */
  readonly batch?: string;
  /** Default: 0. */
  readonly attempts?: number;
  /** Default: none. */
  readonly notBefore?: Instant | null;
  /** Default: null. */
  readonly since?: Instant | null;
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
