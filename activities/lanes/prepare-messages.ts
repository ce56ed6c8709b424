/**
 * What a batch of messages sends, decided in one transaction before the call: asks again whether each
 * may leave, renders those that may, and keeps both. A batch that comes again finds the very messages
 * that it may have sent before; only then is its key good for a repeat.
 */
import type { Json } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type Enrolment,
  enrolments,
  type LaneRow,
  type Message,
  messages,
  people,
  type Person,
  suppressions,
} from '../../store/tables/index.ts';
import { consentsOf } from '../gate/consents-of.ts';
import type { Outgoing } from './sender.ts';

/** What became of a message, or is to become of it: exactly one of `outgoing` and `verdict` at first. */
export interface Prepared<M extends Outgoing> {
  readonly row: LaneRow;
  readonly message: Message | undefined;
  readonly enrolment: Enrolment | undefined;
  readonly outgoing?: M;
  readonly verdict?: MessageVerdict;
}

export type MessageVerdict = Pick<Message, 'status' | 'code' | 'providerId'> & {
  readonly detail: string | null;
};

/** Makes messages as they leave. Deterministic; a mistake in one refuses that one alone. */
export type Render<M extends Outgoing> = (of: ToRender, project: Project) => M | Refused;

/** Made anew for each batch, in its transaction, for the people whom its messages are about. */
export type Renderer<M extends Outgoing> = (
  tx: Transaction,
  people: readonly string[],
) => Promise<Render<M>>;

export interface ToRender {
  readonly message: Message;
  readonly person: Person;
  /** As the effect gave it to the lane. */
  readonly payload: LaneRow['payload'];
}

export interface Refused {
  readonly refused: { readonly code: string; readonly detail: string };
}

/** The stored rendering: the message, and the batch that sends it. */
type Stored<M extends Outgoing> = M & { readonly batch: string };

/** In the order of `rows`. */
export async function prepareMessages<M extends Outgoing>(
  project: Project,
  tx: Transaction,
  batch: string,
  rows: readonly LaneRow[],
  renderer: Renderer<M>,
): Promise<Prepared<M>[]> {
  const known = await atHand(tx, rows);
  const render = await renderer(tx, [...known.people.keys()]);
  const prepared = rows.map((row): Prepared<M> => {
    const message = known.messages.get(row.key);
    const enrolment = message && known.enrolments.get(message.run);
    const of = { row, message, enrolment };
    if (message === undefined) return { ...of, verdict: verdict('refused', 'unknown-message') };
    if (message.status !== 'waiting') return { ...of, verdict: { ...message, detail: null } };
    const stored = storedOf<M>(message);
    if (stored?.batch === batch) return { ...of, outgoing: stored };
    const reason = known.reasonToWithhold(message);
    if (reason !== undefined) return { ...of, verdict: verdict('withheld', reason) };
    if (stored !== undefined) return { ...of, outgoing: stored };
    const person = known.people.get(message.person);
    if (person === undefined) return { ...of, verdict: verdict('refused', 'unknown-person') };
    const rendered = render({ message, person, payload: row.payload }, project);
    if (!('refused' in rendered)) return { ...of, outgoing: rendered };
    return { ...of, verdict: verdict('refused', rendered.refused.code, rendered.refused.detail) };
  });
  await keep(tx, batch, prepared);
  return prepared;
}

/** All that is asked about the messages at the moment of sending, in a handful of queries. */
async function atHand(tx: Transaction, rows: readonly LaneRow[]) {
  const sending = await tx.find(messages, { key: rows.map(({ key }) => key) });
  const ids = [...new Set(sending.map(({ person }) => person))];
  const runs = [...new Set(sending.map(({ run }) => run))];
  const enrolled = new Map((await tx.find(enrolments, { id: runs })).map((row) => [row.id, row]));
  const suppressed = groupBy(await tx.find(suppressions, { person: ids }), (row) => row.person);
  const consentOf = await consentsOf(tx, ids);
  const persons = await tx.find(people, { id: ids });
  return {
    messages: new Map(sending.map((row) => [row.key, row])),
    people: new Map(persons.map((row) => [row.id, row])),
    enrolments: enrolled,
    /** What has come between the gate and now. */
    reasonToWithhold({ person, run, channel, topic, at }: Message): string | undefined {
      const applies = (on: string | null) => on === null || on === channel;
      if (suppressed.get(person)?.some((row) => applies(row.channel))) return 'suppressed';
      const { status, endedAt } = enrolled.get(run) ?? {};
      // What a journey does after a message, at its very instant, does not take it back.
      const isLater = (endedAt ?? -Infinity) > at;
      if (isLater && (status === 'exit' || status === 'merged')) return 'exit';
      if (isLater && status === 'goal') return 'goal';
      return topic !== null && consentOf(person, topic) === 'out' ? 'unsubscribed' : undefined;
    },
  };
}

// Only `keep` below writes renderings.
const storedOf = <M extends Outgoing>({ rendered }: Message): Stored<M> | undefined =>
  (rendered as unknown as Stored<M> | null) ?? undefined;

async function keep<M extends Outgoing>(
  tx: Transaction,
  batch: string,
  prepared: readonly Prepared<M>[],
): Promise<void> {
  const rendered = prepared.flatMap(({ message, outgoing }) =>
    outgoing === undefined || message === undefined || storedOf(message)?.batch === batch
      ? []
      : // A message is strings, numbers and records of them.
        [{ key: message.key, rendered: { ...outgoing, batch } as unknown as Json }],
  );
  if (rendered.length > 0) await tx.change(messages, rendered);
  await recordOutcomes(
    tx,
    prepared.filter(({ message }) => message?.status === 'waiting'),
  );
}

export async function recordOutcomes<M extends Outgoing>(
  tx: Transaction,
  prepared: readonly Prepared<M>[],
): Promise<void> {
  const rows = prepared.flatMap(({ message, verdict }) => {
    if (message === undefined || verdict === undefined) return [];
    const { status, code, providerId } = verdict;
    return [{ key: message.key, status, code, providerId }];
  });
  if (rows.length > 0) await tx.change(messages, rows);
}

const verdict = (
  status: 'refused' | 'withheld',
  code: string,
  detail: string | null = null,
): MessageVerdict => ({ status, code, providerId: null, detail });
