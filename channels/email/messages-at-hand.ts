/** All that is asked about a batch of messages at the moment of sending, in a handful of queries. */
import { groupBy } from '../../store/group-by.ts';
import type { Enrolment, LaneRow, Message, Person } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';

export interface MessagesAtHand {
  readonly messages: ReadonlyMap<string, Message>;
  readonly people: ReadonlyMap<string, Person>;
  /** By run. */
  readonly enrolments: ReadonlyMap<string, Enrolment>;
  /** What has come between the gate and now. */
  reasonToWithhold(message: Message): 'suppressed' | 'exit' | 'unsubscribed' | undefined;
}

/** The message that a row of the lane sends. */
export function messageKey({ payload }: LaneRow): string {
  const key = payload['message'];
  return typeof key === 'string' ? key : '';
}

export async function messagesAtHand(
  tx: Transaction,
  rows: readonly LaneRow[],
): Promise<MessagesAtHand> {
  const messages = await tx.messages({ keys: rows.map(messageKey) });
  const ids = [...new Set(messages.map(({ person }) => person))];
  const enrolments = await tx.enrolments({ ids: [...new Set(messages.map(({ run }) => run))] });
  const runs = new Map(enrolments.map((row) => [row.id, row]));
  const suppressions = groupBy(await tx.suppressions(ids), ({ person }) => person);
  const left = new Set(
    (await tx.consents(ids))
      .filter(({ state }) => state === 'out')
      .map(({ person, topic }) => `${person} ${topic}`),
  );
  return {
    messages: new Map(messages.map((row) => [row.key, row])),
    people: new Map((await tx.people(ids)).map((row): [string, Person] => [row.id, row])),
    enrolments: runs,
    reasonToWithhold({ person, run, channel, topic }) {
      const applies = (on: string | null) => on === null || on === channel;
      if (suppressions.get(person)?.some((row) => applies(row.channel))) return 'suppressed';
      const status = runs.get(run)?.status;
      if (status === 'exit' || status === 'merged') return 'exit';
      return topic !== null && left.has(`${person} ${topic}`) ? 'unsubscribed' : undefined;
    },
  };
}
