/** The role of vendors that carry messages. Adapters are chosen in the config; each passes one contract suite. */
import type { Instant } from '../../dsl/plan.ts';

/** One message as it leaves: what a vendor needs and nothing else. May hold personal data: never log it. */
export interface Outgoing {
  /** Unique per message for all time; a vendor that has seen it sends nothing. */
  readonly key: string;
  /** Instant of the decision (virtual while time is skipped): for local adapters' lists only. */
  readonly at: Instant;
}

/** What became of one message. `unknown`: perhaps sent, and never to be sent again. */
export type SendOutcome =
  | { readonly status: 'sent'; readonly providerId: string }
  | { readonly status: 'refused'; readonly code: string; readonly detail: string }
  | { readonly status: 'unknown'; readonly code: string; readonly detail: string };

/** Messages that may be sent by a call of their own. */
export type Part = readonly string[];

/**
 * The vendor takes nothing of this call, because of something in it: none of its messages was accepted. Thrown by
 * senders where smaller calls may be; the lane cuts the batch into batches of their own.
 */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly code: string;
  /** Keys of messages: two parts at least, together all of the call. */
  readonly parts: readonly Part[];
  /** @param detail without personal data: it is kept with the rows. */
  constructor(code: string, detail: string, parts: readonly Part[]) {
    super(detail);
    this.code = code;
    this.parts = parts;
  }
}

/**
 * Sends messages. `batchKey` is the same whenever the same batch is sent again, so a repeat within the
 * vendor's window has no second effect. Outcomes come in the order of `messages`.
 *
 * @throws ProviderUnavailable when nothing is known to have been accepted, or when the outcome is
 * unknown and the same batch may be tried again under the same key; CallRefused.
 */
export interface Sender<M extends Outgoing> {
  readonly vendor: string;
  /** At most this many messages in one call. */
  readonly maxBatch: number;
  /** Calls a second that the vendor allows now, as far as it has said; Infinity for local ones. */
  readonly callsPerSecond: number;
  /** How long the vendor remembers a batch key, ms; Infinity where for ever. */
  readonly idempotencyWindowMs: number;
  send(batchKey: string, messages: readonly M[]): Promise<readonly SendOutcome[]>;
}

/** The provider could not take the call now; the same call may be made again after `retryAfterMs`. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  /** True where retrying soon is useless (quota for the day): the lane waits, and somebody has to look. */
  readonly park: boolean;
  /** True where it is certain that nothing of this call was accepted, nor will be. */
  readonly unsent: boolean;
  constructor(
    code: string,
    message: string,
    options: { retryAfterMs?: number; park?: boolean; unsent?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.park = options.park ?? false;
    this.unsent = options.unsent ?? this.park;
  }
}
