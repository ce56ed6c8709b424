/** What an error of Resend means for the batch that met it. Pure; names and statuses from resend.com/docs. */
import type { ErrorResponse } from 'resend';
import { ProviderUnavailable } from '../../../activities/lanes/sender.ts';

/**
 * `split`: the call was refused because of some of its e-mails; `refuse`: because of what they have
 * in common; `unknown`: an earlier call under the key went out with something else in it.
 */
export type ResendVerdict = 'split' | 'refuse' | 'unknown' | ProviderUnavailable;

const MINUTE = 60_000;

/** The account, not the e-mails, is at fault: nothing is accepted until somebody puts it right. */
const ACCOUNT = new Set([
  'missing_api_key',
  'invalid_api_key',
  'restricted_api_key',
  'invalid_access',
  'not_found',
  'method_not_allowed',
]);

/** Something in the e-mails is at fault. Whoever answers in other words may not be Resend at all. */
const OF_EMAILS = new Set([
  'validation_error',
  'missing_required_field',
  'invalid_parameter',
  'invalid_attachment',
  'invalid_from_address',
  'invalid_region',
]);

/** Whatever the name: not signed in, not paid, forbidden by law. */
const ACCOUNT_STATUSES = [401, 402, 451];

const QUOTA = new Set(['daily_quota_exceeded', 'monthly_quota_exceeded']);

/** An answer that is no error document, of Resend's or of something in between, says nothing of the e-mails. */
const NO_DOCUMENT: ErrorResponse = {
  name: 'application_error',
  statusCode: null,
  message: 'The answer is no error document.',
};

/** @param value what came as an error, whatever it is: names and texts are put in where they lack. */
export function errorDocument(value: unknown): ErrorResponse {
  if (typeof value !== 'object' || value === null) return NO_DOCUMENT;
  const { name, statusCode, message } = value as Partial<Record<keyof ErrorResponse, unknown>>;
  return {
    // Whatever name it is, it is compared with those that are known.
    name: typeof name === 'string' ? (name as ErrorResponse['name']) : NO_DOCUMENT.name,
    statusCode: typeof statusCode === 'number' ? statusCode : null,
    message: typeof message === 'string' ? message : NO_DOCUMENT.message,
  };
}

export function resendVerdict(
  error: ErrorResponse,
  headers: { readonly [name: string]: string } | null,
): ResendVerdict {
  const { name, statusCode } = error;
  const unavailable = (
    what: string,
    options: ConstructorParameters<typeof ProviderUnavailable>[2],
  ) => new ProviderUnavailable(name, `Resend: ${what} [${name}]`, options);
  if (QUOTA.has(name))
    return unavailable('the quota is used up', { retryAfterMs: 60 * MINUTE, park: true });
  if (ACCOUNT.has(name) || (statusCode !== null && ACCOUNT_STATUSES.includes(statusCode))) {
    return unavailable('the account or its key lets nothing through', {
      retryAfterMs: 10 * MINUTE,
      park: true,
    });
  }
  if (name === 'invalid_idempotent_request') return 'unknown';
  if (statusCode === 429) {
    return unavailable('too many calls', { retryAfterMs: retryAfterMs(headers), unsent: true });
  }
  if (name === 'concurrent_idempotent_requests' || statusCode === 409) {
    return unavailable('the same batch is still on its way', { retryAfterMs: 2000 });
  }
  if (statusCode === null || statusCode >= 500 || statusCode === 408) {
    return unavailable(
      'no answer, so the outcome is unknown; the same batch may be sent again',
      {},
    );
  }
  if (!OF_EMAILS.has(name)) {
    return statusCode === 403
      ? unavailable('the account or its key lets nothing through', {
          retryAfterMs: 10 * MINUTE,
          park: true,
        })
      : unavailable('an answer that says nothing of the e-mails; the batch may be sent again', {});
  }
  return statusCode === 403 ? 'refuse' : 'split';
}

function retryAfterMs(headers: { readonly [name: string]: string } | null): number {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}
