/**
 * What a batch of messages sends, decided in one transaction before the call: asks again whether each
 * may leave, renders those that may, and keeps both. A batch that comes again finds the very e-mails
 * that it may have sent before; only then is its key good for a repeat.
 */
import type { Json } from '../../dsl/plan.ts';
import type { Enrolment, LaneRow, Message, MessageStatus } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { OutgoingEmail } from '../../activities/ports.ts';
import { renderEmail } from './render-email.ts';
import { unsubscribeSecret } from './unsubscribe-token.ts';
import type { World } from '../../activities/world.ts';
import { messageKey, messagesAtHand } from './messages-at-hand.ts';

/** What became of a message, or is to become of it: exactly one of `email` and `verdict` at first. */
export interface PreparedEmail {
  readonly row: LaneRow;
  readonly message: Message | undefined;
  readonly enrolment: Enrolment | undefined;
  readonly email?: OutgoingEmail;
  readonly verdict?: MessageVerdict;
}

export interface MessageVerdict {
  readonly status: MessageStatus;
  readonly code: string | null;
  readonly providerId: string | null;
  readonly detail: string | null;
}

/** The stored rendering: the e-mail, and the batch that sends it. */
type Stored = OutgoingEmail & { readonly batch: string };

/** In the order of `rows`. */
export async function prepareEmails(
  world: World,
  tx: Transaction,
  batch: string,
  rows: readonly LaneRow[],
): Promise<PreparedEmail[]> {
  const looked = await messagesAtHand(tx, rows);
  const secret = await unsubscribeSecret(tx);
  const prepared = rows.map((row): PreparedEmail => {
    const message = looked.messages.get(messageKey(row));
    const enrolment = message && looked.enrolments.get(message.run);
    const known = { row, message, enrolment };
    if (message === undefined) return { ...known, verdict: refused('unknown-message', null) };
    if (message.status !== 'waiting') return { ...known, verdict: alreadyDecided(message) };
    const stored = storedOf(message);
    if (stored?.batch === batch) return { ...known, email: stored };
    const reason = looked.reasonToWithhold(message);
    if (reason !== undefined) return { ...known, verdict: withheld(reason) };
    if (stored !== undefined) return { ...known, email: stored };
    const person = looked.people.get(message.person);
    if (person === undefined) return { ...known, verdict: refused('unknown-person', null) };
    const rendering = renderEmail(world.project, { message, person, secret });
    if ('email' in rendering) return { ...known, email: rendering.email };
    return { ...known, verdict: refused(rendering.refused.code, rendering.refused.detail) };
  });
  await keep(tx, batch, prepared);
  return prepared;
}

// Only `keep` below writes renderings.
const storedOf = ({ rendered }: Message): Stored | undefined =>
  (rendered as Stored | null) ?? undefined;

async function keep(
  tx: Transaction,
  batch: string,
  prepared: readonly PreparedEmail[],
): Promise<void> {
  const isNew = ({ message, email }: PreparedEmail) =>
    email !== undefined && message !== undefined && storedOf(message)?.batch !== batch;
  await tx.putRendered(
    prepared.filter(isNew).map(({ email }) => {
      // An e-mail is strings, numbers and records of them.
      const rendered = { ...email, batch } as unknown as Json;
      return { key: email?.key ?? '', rendered };
    }),
  );
  await tx.putMessageOutcomes(outcomesOf(prepared.filter(({ message }) => isOpen(message))));
}

const isOpen = (message: Message | undefined): boolean => message?.status === 'waiting';

/** The verdicts as the store takes them. */
export const outcomesOf = (
  prepared: readonly PreparedEmail[],
): Parameters<Transaction['putMessageOutcomes']>[0] =>
  prepared.flatMap(({ message, verdict }) =>
    message === undefined || verdict === undefined
      ? []
      : [
          {
            key: message.key,
            status: verdict.status,
            code: verdict.code,
            providerId: verdict.providerId,
          },
        ],
  );

const alreadyDecided = ({ status, code, providerId }: Message): MessageVerdict => ({
  status,
  code,
  providerId,
  detail: null,
});

const refused = (code: string, detail: string | null): MessageVerdict => ({
  status: 'refused',
  code,
  providerId: null,
  detail,
});

const withheld = (code: string): MessageVerdict => ({
  status: 'withheld',
  code,
  providerId: null,
  detail: null,
});
