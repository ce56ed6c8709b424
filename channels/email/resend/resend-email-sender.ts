/** E-mail through Resend, up to 100 in a call. Safe to repeat: every call carries the key of its batch. */
import { Resend, type CreateBatchSuccessResponse } from 'resend';
import { groupBy } from '../../../store/group-by.ts';
import { CallRefused, type Part, type SendOutcome } from '../../../activities/lanes/sender.ts';
import { withoutPersonalData } from '../../../activities/without-personal-data.ts';
import type { EmailSender, OutgoingEmail } from '../outgoing-email.ts';
import { resendPace } from './resend-pace.ts';
import { errorDocument, resendVerdict } from './resend-error.ts';

export interface ResendOptions {
  readonly apiKey: string;
  /** Default `https://api.resend.com`. */
  readonly baseUrl?: string;
  /** How long one call may take, ms; default 30 seconds. */
  readonly timeoutMs?: number;
}

/** Of a new account: Resend's answers say what counts. */
const CALLS_PER_SECOND = 5;

/** Keys live 24 hours at Resend. The last one is left for a call under way and for clocks that differ. */
const IDEMPOTENCY_WINDOW_MS = 23 * 3_600_000;

type Accepted = CreateBatchSuccessResponse<{ batchValidation: 'permissive' }>;

/** Sends in Resend's permissive mode: an invalid e-mail is refused and the others of its batch go out. */
export function resendEmailSender(options: ResendOptions): EmailSender {
  const client = new Resend(
    options.apiKey,
    options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl },
  );
  const { timeoutMs = 30_000 } = options;
  let callsPerSecond = CALLS_PER_SECOND;

  async function send(key: string, emails: readonly OutgoingEmail[]): Promise<SendOutcome[]> {
    if (emails.length === 0) return [];
    const {
      data,
      error: given,
      headers,
    } = await client.batch.send(emails.map(toResend), {
      batchValidation: 'permissive',
      idempotencyKey: key,
      signal: AbortSignal.timeout(timeoutMs),
    });
    callsPerSecond = resendPace(headers) ?? callsPerSecond;
    // Where there is none, there is data; a body of null is neither.
    if (given === null && isAccepted(data)) return outcomesOf(data, emails.length);
    const error = errorDocument(given);
    const verdict = resendVerdict(error, headers);
    if (verdict instanceof Error) throw verdict;
    const detail = withoutPersonalData(error.message);
    if (verdict === 'unknown') {
      return emails.map(() => ({ status: 'unknown', code: error.name, detail }));
    }
    const parts = verdict === 'split' ? halves(emails) : bySender(emails);
    if (parts.length > 1) throw new CallRefused(error.name, detail, parts.map(keysOf));
    return emails.map(() => ({ status: 'refused', code: error.name, detail }));
  }

  return {
    vendor: 'resend',
    maxBatch: 100,
    get callsPerSecond() {
      return callsPerSecond;
    },
    idempotencyWindowMs: IDEMPOTENCY_WINDOW_MS,
    send,
  };
}

const UNANSWERED: SendOutcome = {
  status: 'unknown',
  code: 'unanswered',
  detail: 'Resend answered for fewer e-mails than it was given.',
};

const toResend = (email: OutgoingEmail) => ({
  from: email.from,
  to: [email.to],
  ...(email.replyTo === null ? {} : { replyTo: email.replyTo }),
  subject: email.subject,
  html: email.html,
  text: email.text,
  headers: Object.fromEntries(sorted(email.headers)),
  tags: sorted(email.tags).map(([name, value]) => ({ name, value })),
});

/** Stores keep records in an order of their own; a repeat has to be the same call to the letter. */
const sorted = (record: { readonly [name: string]: string }): [string, string][] =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Types say so of every answer with status 200; whatever stands between us and Resend may send another. */
const isAccepted = (data: Partial<Accepted> | null): data is Accepted =>
  Array.isArray(data?.data) && Array.isArray(data.errors ?? []);

/** Ids come for the accepted ones only, in order; `errors` says by position which are missing. */
function outcomesOf({ data, errors }: Accepted, count: number): SendOutcome[] {
  const problems = new Map(
    (errors ?? []).flatMap((each) => (each ? [[each.index, each.message] as const] : [])),
  );
  const ids = data.map((each) => each?.id);
  return Array.from({ length: count }, (_, index) => {
    const problem = problems.get(index);
    if (problem !== undefined) {
      return {
        status: 'refused',
        code: 'validation_error',
        detail: withoutPersonalData(String(problem)),
      };
    }
    const providerId = ids.shift();
    return typeof providerId === 'string' ? { status: 'sent', providerId } : UNANSWERED;
  });
}

const keysOf = (emails: readonly OutgoingEmail[]): Part => emails.map(({ key }) => key);

function halves<T>(items: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return items.length < 2 ? [items] : [items.slice(0, middle), items.slice(middle)];
}

/** A domain that is not verified shuts out its own senders' e-mails only. */
const bySender = (emails: readonly OutgoingEmail[]): readonly (readonly OutgoingEmail[])[] => [
  ...groupBy(emails, ({ from }) => from).values(),
];
