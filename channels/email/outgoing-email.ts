/** One e-mail, rendered: what a provider needs and nothing else. Addresses are personal data: never log them. */
import type { Outgoing, Sender, SendOutcome } from '../../activities/lanes/sender.ts';

export interface OutgoingEmail extends Outgoing {
  readonly to: string;
  readonly from: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: { readonly [name: string]: string };
  /** Come back in webhooks: ASCII letters, digits, `_` and `-`, at most 256 characters. */
  readonly tags: { readonly [name: string]: string };
}

export type EmailSender = Sender<OutgoingEmail>;

/** What local senders refuse as a provider would: an address that cannot be one. */
export const addressRefusal = ({ to }: OutgoingEmail): SendOutcome | undefined =>
  /^[^\s@]+@[^\s@]+$/.test(to)
    ? undefined
    : { status: 'refused', code: 'invalid-address', detail: 'Not an e-mail address.' };
