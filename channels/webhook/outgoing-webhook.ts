/** One webhook as it leaves: its body is written once, and posted as it is however often it is tried. */
import type { Outgoing, SendOutcome } from '../../activities/lanes/sender.ts';

export interface OutgoingWebhook extends Outgoing {
  /** The same at every attempt: receivers drop what they have seen. */
  readonly id: string;
  readonly type: string;
  readonly to: string;
  readonly body: string;
}

/** What nobody could post to. */
export const addressRefusal = ({ to }: OutgoingWebhook): SendOutcome | undefined =>
  URL.canParse(to) && /^https?:$/.test(new URL(to).protocol)
    ? undefined
    : { status: 'refused', code: 'invalid-address', detail: 'Not an http address.' };
