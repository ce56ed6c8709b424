/**
 * A lane that sends messages, each at most once: a batch that may have been sent is sent again only
 * under its own key, and only while the vendor still knows it.
 */
import { recordKnownBehaviour } from '../behaviour/record-behaviour.ts';
import { claimedAt } from './batch-key.ts';
import { type Lane, type LaneWorld, type RowOutcome, UNHURRIED_MS } from './lane.ts';
import {
  type MessageVerdict,
  type Prepared,
  prepareMessages,
  recordOutcomes,
  type Renderer,
} from './prepare-messages.ts';
import type { Outgoing, Sender, SendOutcome } from './sender.ts';
import { type OutcomeEvents, sentBehaviour } from './sent-behaviour.ts';

export interface Sending<M extends Outgoing> {
  readonly sender: Sender<M>;
  readonly renderer: Renderer<M>;
  /** How people's histories tell what became of messages. */
  readonly events: OutcomeEvents;
}

export const sendingLane = <M extends Outgoing>(sending: Sending<M>): Lane => ({
  maxBatch: sending.sender.maxBatch,
  callsPerSecond: sending.sender.callsPerSecond,
  gatherMs: UNHURRIED_MS,
  process: async (world, batch, rows) => {
    const prepared = await world.store.transaction((tx) =>
      prepareMessages(world.project, tx, batch, rows, sending.renderer),
    );
    const settled = await sendAll(world, batch, sending.sender, prepared);
    const behaviour = sentBehaviour(world, sending.events, settled);
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
  },
});

async function sendAll<M extends Outgoing>(
  { clock }: Pick<LaneWorld, 'clock'>,
  batch: string,
  sender: Sender<M>,
  prepared: readonly Prepared<M>[],
): Promise<readonly Prepared<M>[]> {
  const leaving = prepared.flatMap(({ outgoing }) => outgoing ?? []);
  if (leaving.length === 0) return prepared;
  const forgotten = clock() - claimedAt(batch) >= sender.idempotencyWindowMs;
  const answers = forgotten ? leaving.map(() => FORGOTTEN) : await sender.send(batch, leaving);
  const verdicts = new Map(leaving.map(({ key }, i) => [key, verdictOf(answers[i] ?? UNANSWERED)]));
  return prepared.map((each): Prepared<M> => {
    const verdict = each.outgoing && verdicts.get(each.outgoing.key);
    return verdict === undefined ? each : { ...each, verdict };
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
