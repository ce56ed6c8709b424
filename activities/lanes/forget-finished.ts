/**
 * Forgets what lanes have done, some time after: their rows that are over, and the bodies of the messages that
 * they carried. That a message was sent, to whom and when stays, and so does whatever is not over. In small
 * steps: no transaction is long, and other workers may do the same.
 */
import type { Transaction } from '../../store/store.ts';
import { messages, type MessageStatus } from '../../store/tables/index.ts';
import type { LaneWorld } from './lane.ts';
import { sleep } from './pacer.ts';

export interface ForgetOptions {
  /** How long, after it was decided, what is over is kept; more than any provider knows a key. */
  readonly keepMs: number;
  /** Ends it; the step at hand is finished first. */
  readonly signal: AbortSignal;
  /** Receives faults, after each of which it goes on some time later. */
  readonly report: (error: Error) => void;
}

const STEP_ROWS = 1_000;
/** Leaves the store to others between steps. */
const STEP_PAUSE_MS = 100;
const LOOK_AGAIN_MS = 10 * 60_000;

type Forgetting = Pick<LaneWorld, 'store' | 'clock'>;

/** Until `signal`. */
export async function forgetFinished(
  world: Forgetting,
  { keepMs, signal, report }: ForgetOptions,
): Promise<void> {
  while (!signal.aborted) {
    let isMore = false;
    try {
      isMore = (await forgetSome(world, keepMs)) === STEP_ROWS;
    } catch (error) {
      report(error instanceof Error ? error : new Error(String(error)));
    }
    await sleep(isMore ? STEP_PAUSE_MS : LOOK_AGAIN_MS, signal);
  }
}

/** One step. Answers with how many rows it has deleted. */
const forgetSome = ({ store, clock }: Forgetting, keepMs: number): Promise<number> =>
  store.transaction(async (tx) => {
    const rows = await tx.deleteFinished(clock() - keepMs, STEP_ROWS);
    await emptyMessages(
      tx,
      rows.map(({ key }) => key),
    );
    return rows.length;
  });

/** Rows that carry a message have its key. */
const emptyMessages = (tx: Transaction, keys: readonly string[]): Promise<void> =>
  tx.change(
    messages,
    keys.map((key) => ({ key, rendered: null })),
    { status: SETTLED },
  );

/** Of these nothing is ever sent again. */
const SETTLED: readonly MessageStatus[] = ['sent', 'refused', 'unknown', 'withheld'];
