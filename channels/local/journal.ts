/** What was delivered on this machine, kept in the store, so that every worker has the same: the studio shows it. */
import { createHash } from 'node:crypto';
import type { Outgoing } from '../../activities/lanes/sender.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { Store } from '../../store/store.ts';
import { type LocalDelivery, localDeliveries } from '../../store/tables/index.ts';

export interface Journal<M extends Outgoing> {
  /** Those whose keys it has already change nothing. */
  add(messages: readonly M[]): Promise<void>;
}

export const openJournal = <M extends Outgoing>(
  store: Pick<Store, 'transaction'>,
  channel: string,
): Journal<M> => ({
  add: async (messages) => {
    if (messages.length === 0) return;
    const rows = messages.map((each) => rowOf(channel, each));
    await store.transaction((tx) => tx.add(localDeliveries, rows));
  },
});

/** The same for the same message. */
export const localId = (key: string): string =>
  `local-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

/** Digits of the last instant that a date can say. */
const DIGITS = 16;

const rowOf = (channel: string, message: Outgoing): LocalDelivery => ({
  id: `${channel}/${String(message.at).padStart(DIGITS, '0')}/${localId(message.key)}`,
  channel,
  // Plain data.
  content: { ...message } as unknown as JsonObject,
});
