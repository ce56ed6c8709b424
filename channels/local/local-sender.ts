/** Senders that keep what they are given: in the store to look at, or in memory for rehearsals. Neither delivers a key twice. */
import type { Outgoing, Sender, SendOutcome } from '../../activities/lanes/sender.ts';
import { type Journal, localId } from './journal.ts';

/** What a channel's provider would refuse too; undefined: nothing. */
export type Refuse<M extends Outgoing> = (message: M) => SendOutcome | undefined;

const NO_LIMITS = { callsPerSecond: Infinity, idempotencyWindowMs: Infinity } as const;

export const localSender = <M extends Outgoing>(
  journal: Journal<M>,
  refuse: Refuse<M>,
): Sender<M> => ({
  vendor: 'local',
  maxBatch: 500,
  ...NO_LIMITS,
  send: async (_, messages) => {
    const taken = messages.filter((each) => refuse(each) === undefined);
    await journal.add([...new Map(taken.map((each) => [each.key, each])).values()]);
    return messages.map(
      (each) => refuse(each) ?? { status: 'sent', providerId: localId(each.key) },
    );
  },
});

export interface MemorySender<M extends Outgoing> extends Sender<M> {
  /** In the order of sending. */
  readonly sent: readonly M[];
}

export function memorySender<M extends Outgoing>(refuse: Refuse<M>): MemorySender<M> {
  const sent = new Map<string, M>();
  return {
    vendor: 'memory',
    maxBatch: 1_000,
    ...NO_LIMITS,
    get sent() {
      return [...sent.values()];
    },
    send: async (_, messages) =>
      messages.map((each): SendOutcome => {
        const refusal = refuse(each);
        if (refusal !== undefined) return refusal;
        if (!sent.has(each.key)) sent.set(each.key, each);
        return { status: 'sent', providerId: localId(each.key) };
      }),
  };
}
