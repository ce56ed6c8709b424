/** Senders that keep what they are given: on this machine to look at, or in memory for rehearsals. Neither delivers a key twice. */
import { createHash } from 'node:crypto';
import type { Outgoing, Sender, SendOutcome } from '../../activities/lanes/sender.ts';
import type { Delivered, Journal } from './journal.ts';
import { inTurn } from './turns.ts';

export interface LocalSender<M extends Outgoing> extends Sender<M> {
  /** Where to look. */
  readonly page: string;
  close(): Promise<void>;
}

/** What a channel's provider would refuse too; undefined: nothing. */
export type Refuse<M extends Outgoing> = (message: M) => SendOutcome | undefined;

export interface LocalSenderOptions<M extends Outgoing, E extends Delivered> {
  readonly journal: Journal<E>;
  readonly refuse: Refuse<M>;
  /** Keeps the messages, before they count as delivered; answers with their lines. */
  readonly keep: (messages: readonly M[]) => Promise<readonly E[]>;
}

const NO_LIMITS = { callsPerSecond: Infinity, idempotencyWindowMs: Infinity } as const;

/** @param options.keep may be called again with the same messages when it was cut short. */
export function localSender<M extends Outgoing, E extends Delivered>({
  journal,
  refuse,
  keep,
}: LocalSenderOptions<M, E>): LocalSender<M> {
  const turn = inTurn();
  const deliver = async (messages: readonly M[]): Promise<readonly SendOutcome[]> => {
    const fresh = messages.filter((each) => !journal.has(each.key) && refuse(each) === undefined);
    await journal.add(await keep([...new Map(fresh.map((each) => [each.key, each])).values()]));
    return messages.map(
      (each) => refuse(each) ?? { status: 'sent', providerId: localId(each.key) },
    );
  };
  return {
    vendor: 'local',
    maxBatch: 500,
    ...NO_LIMITS,
    page: journal.page,
    send: (_, messages) => turn(() => deliver(messages)),
    close: () => turn(() => journal.close()),
  };
}

/** The same for the same message. */
export const localId = (key: string): string =>
  `local-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

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
