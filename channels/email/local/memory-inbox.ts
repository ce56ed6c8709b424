/** An inbox in memory, for rehearsals: keeps what it was given and never sends a key twice. */
import type { SendOutcome } from '../../../activities/lanes/sender.ts';
import type { EmailSender, OutgoingEmail } from '../outgoing-email.ts';

export interface MemoryInbox extends EmailSender {
  /** In the order of sending. */
  readonly sent: readonly OutgoingEmail[];
}

export function memoryInbox(): MemoryInbox {
  const sent: OutgoingEmail[] = [];
  const ids = new Map<string, string>();

  function deliver(email: OutgoingEmail): SendOutcome {
    const refusal = addressRefusal(email.to);
    if (refusal !== undefined) return refusal;
    let providerId = ids.get(email.key);
    if (providerId === undefined) {
      sent.push(email);
      providerId = `inbox-${sent.length}`;
      ids.set(email.key, providerId);
    }
    return { status: 'sent', providerId };
  }

  return {
    vendor: 'memory',
    maxBatch: 1_000,
    callsPerSecond: Infinity,
    idempotencyWindowMs: Infinity,
    sent,
    send: async (_, emails) => emails.map(deliver),
  };
}

/** What local inboxes refuse as a provider would: an address that cannot be one. */
export const addressRefusal = (to: string): SendOutcome | undefined =>
  /^[^\s@]+@[^\s@]+$/.test(to)
    ? undefined
    : { status: 'refused', code: 'invalid-address', detail: 'Not an e-mail address.' };
