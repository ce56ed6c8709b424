/**
 * The `email` lane. Sends each message at most once: a batch that may have been sent is sent again only
 * under its own key, and only while the provider still knows it.
 */
import type { EmailOutcome } from '../../activities/ports.ts';
import { recordKnownBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { World } from '../../activities/world.ts';
import { claimedAt } from '../../activities/lanes/batch-key.ts';
import { emailBehaviour } from './email-behaviour.ts';
import type { LaneKind, RowOutcome } from '../../activities/lanes/lane-kind.ts';
import {
  outcomesOf,
  prepareEmails,
  type MessageVerdict,
  type PreparedEmail,
} from './prepare-emails.ts';

export const emailLane: LaneKind = {
  lane: 'email',
  maxBatch: (world) => world.email.maxBatch,
  callsPerSecond: (world) => world.email.callsPerSecond,
  process: async (world, batch, rows) => {
    const prepared = await world.store.transaction((tx) => prepareEmails(world, tx, batch, rows));
    const settled = await sendAll(world, batch, prepared);
    const behaviour = emailBehaviour(world, settled);
    return {
      outcomes: settled.map(toRowOutcome),
      record: async (tx) => {
        await tx.putMessageOutcomes(outcomesOf(settled.filter(({ email }) => email)));
        // With the outcomes: whoever waits for the rows to leave finds what they caused.
        if (behaviour.length > 0) await recordKnownBehaviour(world, tx, behaviour);
      },
    };
  },
};

async function sendAll(
  world: World,
  batch: string,
  prepared: readonly PreparedEmail[],
): Promise<readonly PreparedEmail[]> {
  const emails = prepared.flatMap(({ email }) => email ?? []);
  if (emails.length === 0) return prepared;
  const forgotten = world.clock() - claimedAt(batch) >= world.email.idempotencyWindowMs;
  const answers = forgotten ? emails.map(() => FORGOTTEN) : await world.email.send(batch, emails);
  const verdicts = new Map(emails.map(({ key }, i) => [key, verdictOf(answers[i] ?? UNANSWERED)]));
  return prepared.map((each): PreparedEmail => {
    const verdict = each.email && verdicts.get(each.email.key);
    return verdict === undefined ? each : { ...each, verdict };
  });
}

const FORGOTTEN: EmailOutcome = {
  status: 'unknown',
  code: 'outcome-unknown',
  detail: 'An attempt was cut short so long ago that a repeat could send it twice.',
};

const UNANSWERED: EmailOutcome = {
  status: 'unknown',
  code: 'outcome-unknown',
  detail: 'The provider answered for fewer e-mails than it was given.',
};

const verdictOf = (outcome: EmailOutcome): MessageVerdict =>
  outcome.status === 'sent'
    ? { status: 'sent', code: null, providerId: outcome.providerId, detail: null }
    : { ...outcome, providerId: null };

function toRowOutcome({ row, verdict }: PreparedEmail): RowOutcome {
  const isFailed = verdict?.status === 'refused' || verdict?.status === 'unknown';
  return {
    key: row.key,
    status: isFailed ? 'failed' : 'done',
    code: verdict?.code ?? null,
    detail: verdict?.detail ?? null,
  };
}
