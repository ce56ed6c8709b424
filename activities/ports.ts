/** The roles that vendors play for us. Adapters are chosen in the config; each passes its role's contract suite. */

/** One e-mail, rendered: what a provider needs and nothing else. Addresses are personal data: never log them. */
export interface OutgoingEmail {
  /** Unique per message for all time; a provider that has seen it sends nothing. */
  readonly key: string;
  readonly to: string;
  readonly from: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: { readonly [name: string]: string };
  /** Come back in webhooks: ASCII letters, digits, `_` and `-`, at most 256 characters. */
  readonly tags: { readonly [name: string]: string };
  /** Instant of the decision (virtual while time is skipped): for local adapters' lists only. */
  readonly at: number;
}

/** What became of one message. `unknown`: perhaps sent, and never to be sent again. */
export type EmailOutcome =
  | { readonly status: 'sent'; readonly providerId: string }
  | { readonly status: 'refused'; readonly code: string; readonly detail: string }
  | { readonly status: 'unknown'; readonly code: string; readonly detail: string };

/**
 * Sends e-mails. `batchKey` is the same whenever the same batch is sent again, so a repeat within the
 * provider's window has no second effect. Outcomes come in the order of `emails`.
 *
 * @throws ProviderUnavailable when nothing is known to have been accepted, or when the outcome is
 * unknown and the same batch may be tried again under the same key.
 */
export interface EmailSender {
  readonly vendor: string;
  /** At most this many e-mails in one call. */
  readonly maxBatch: number;
  /** Calls a second that the provider allows; Infinity for local ones. */
  readonly callsPerSecond: number;
  /** How long the provider remembers a batch key, ms; Infinity where for ever. */
  readonly idempotencyWindowMs: number;
  send(batchKey: string, emails: readonly OutgoingEmail[]): Promise<readonly EmailOutcome[]>;
}

/** The provider could not take the call now; the same call may be made again after `retryAfterMs`. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  /** True where retrying soon is useless (quota for the day): the lane is parked and someone told. */
  readonly park: boolean;
  constructor(
    code: string,
    message: string,
    options: { retryAfterMs?: number; park?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.park = options.park ?? false;
  }
}

export interface CrmResult {
  readonly id: string;
  readonly created: boolean;
}

/** Keeps leads, owners, stages and tasks where sales works. Every call is idempotent by its key. */
export interface Crm {
  readonly vendor: string;
  readonly callsPerSecond: number;
  upsertLead(key: string, fields: { readonly [name: string]: unknown }): Promise<CrmResult>;
  setStage(leadId: string, stage: string): Promise<CrmResult>;
  assignOwner(leadId: string, owner: string): Promise<CrmResult>;
  createTask(key: string, task: CrmTask): Promise<CrmResult>;
  addNote(
    key: string,
    note: { readonly leadId: string; readonly text: string; readonly at: number },
  ): Promise<CrmResult>;
}

export interface CrmTask {
  readonly leadId: string;
  readonly owner: string;
  /** `call`, `handoff`, `notify`, `escalation`. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly at: number;
  readonly dueAt: number | null;
  /** Where sales answers a handoff. */
  readonly answerTo: string | null;
  /** Set on a handoff's task: whose it is and which step waits for the answer. Opaque ids. */
  readonly handoff?: { readonly person: string; readonly run: string; readonly step: string };
}
