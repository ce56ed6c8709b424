/** One e-mail, rendered: what a provider needs and nothing else. Addresses are personal data: never log them. */
import type { Outgoing, Sender } from '../../activities/lanes/sender.ts';

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
