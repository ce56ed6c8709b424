/**
 * A lane that sends messages, each at most once: a batch that may have been sent is sent again only
 * under its own key, and only while the vendor still knows it.
 */
import { recordKnownBehaviour } from '../behaviour/record-behaviour.ts';
import { batchKey, claimedAt } from './batch-key.ts';
import {
  type Batch,
  type Lane,
  type LaneResult,
  type LaneWorld,
  type RowOutcome,
  UNHURRIED_MS,
} from './lane.ts';
import {
  type MessageVerdict,
  type Prepared,
  prepareMessages,
  recordOutcomes,
  type Renderer,
} from './prepare-messages.ts';
import {
  CallRefused,
  type Outgoing,
  ProviderUnavailable,
  type Sender,
  type SendOutcome,
} from './sender.ts';
import { type OutcomeEvents, sentBehaviour } from './sent-behaviour.ts';

export interface Sending<M extends Outgoing> {
  readonly sender: Sender<M>;
  readonly renderer: Renderer<M>;
  /** How people's histories tell what became of messages. */
  readonly events: OutcomeEvents;
}

export const sendingLane = <M extends Outgoing>(sending: Sending<M>): Lane => ({
  maxBatch: sending.sender.maxBatch,
  get callsPerSecond() {
    return sending.sender.callsPerSecond;
  },
  gatherMs: UNHURRIED_MS,
  process: async (world, batch) => {
    const prepared = await world.store.transaction((tx) =>
      prepareMessages(world.project, tx, batch.key, batch.rows, sending.renderer),
    );
    const leaving = prepared.flatMap(({ outgoing }) => outgoing ?? []);
    // Asked right before it leaves: a process may have stood still since it took the batch.
    const isForgotten = world.clock() - claimedAt(batch.key) >= sending.sender.idempotencyWindowMs;
    if (leaving.length > 0 && isForgotten && batch.isFirst) throw stoodStill();
    if (leaving.length === 0 || isForgotten) {
      const settled = withAnswers(
        prepared,
        leaving.map(() => FORGOTTEN),
      );
      return { ...resultOf(world, sending, settled), isAnswered: false };
    }
    try {
      const answers = await sending.sender.send(batch.key, leaving);
      return resultOf(world, sending, withAnswers(prepared, answers));
    } catch (error) {
      if (error instanceof CallRefused && isBelieved(error, batch)) {
        return cut(world, prepared, error);
      }
      throw error;
    }
  },
});

/** By this process nothing was sent; whoever took the batch meanwhile knows what became of it. */
const stoodStill = (): ProviderUnavailable =>
  new ProviderUnavailable('stood-still', 'The process stood still before it could send.', {
    unsent: true,
  });

/**
 * Of a call that may have been accepted before, an answer from somewhere on the way is not enough to send its
 * messages under other keys: the vendor has to say it again.
 */
const isBelieved = ({ code }: CallRefused, { isFirst, rows }: Batch): boolean =>
  isFirst || rows.every((row) => row.code === code);

/** Into batches of their own, which are written down before they are sent. What may not leave is over already. */
function cut<M extends Outgoing>(
  { clock, newId }: LaneWorld,
  prepared: readonly Prepared<M>[],
  { code, parts, message: detail }: CallRefused,
): LaneResult {
  const batchOf = new Map(
    parts.flatMap((part) => {
      const batch = batchKey(clock(), newId());
      return part.map((key) => [key, batch] as const);
    }),
  );
  const outcomes = prepared.map((each): RowOutcome => {
    const batch = each.outgoing && batchOf.get(each.outgoing.key);
    if (batch === undefined) return outcomeOf(each);
    return { key: each.row.key, status: 'parted', batch, code, detail };
  });
  return { outcomes };
}

function resultOf<M extends Outgoing>(
  world: LaneWorld,
  { events }: Sending<M>,
  settled: readonly Prepared<M>[],
): LaneResult {
  const behaviour = sentBehaviour(world, events, settled);
  return {
    outcomes: settled.map(outcomeOf),
    record: async (tx) => {
      await recordOutcomes(
        tx,
        settled.filter(({ outgoing }) => outgoing !== undefined),
      );
      // With the outcomes: whoever waits for the rows to leave finds what they caused.
      if (behaviour.length > 0) await recordKnownBehaviour(world, tx, behaviour);
    },
  };
}

/** @param answers in the order of the messages that leave. */
function withAnswers<M extends Outgoing>(
  prepared: readonly Prepared<M>[],
  answers: readonly SendOutcome[],
): readonly Prepared<M>[] {
  const left = answers.values();
  return prepared.map((each): Prepared<M> => {
    if (each.outgoing === undefined) return each;
    return { ...each, verdict: verdictOf(left.next().value ?? UNANSWERED) };
  });
}

const FORGOTTEN: SendOutcome = {
  status: 'unknown',
  code: 'outcome-unknown',
  detail: 'An attempt was cut short so long ago that a repeat could send it twice.',
};

const UNANSWERED: SendOutcome = {
  status: 'unknown',
  code: 'outcome-unknown',
  detail: 'The provider answered for fewer messages than it was given.',
};

const verdictOf = (outcome: SendOutcome): MessageVerdict =>
  outcome.status === 'sent'
    ? { status: 'sent', code: null, providerId: outcome.providerId, detail: null }
    : { ...outcome, providerId: null };

function outcomeOf({ row, verdict }: Prepared<Outgoing>): RowOutcome {
  const isFailed = verdict?.status === 'refused' || verdict?.status === 'unknown';
  return {
    key: row.key,
    status: isFailed ? 'failed' : 'done',
    code: verdict?.code ?? null,
    detail: verdict?.detail ?? null,
  };
}
