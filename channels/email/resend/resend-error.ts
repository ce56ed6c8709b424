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

const QUOTA = new Set(['daily_quota_exceeded', 'monthly_quota_exceeded']);

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
  if (ACCOUNT.has(name)) {
    return unavailable('the account or its key lets nothing through', {
      retryAfterMs: 10 * MINUTE,
      park: true,
    });
  }
  if (name === 'invalid_idempotent_request') return 'unknown';
  if (statusCode === 429) {
    return unavailable('too many calls', { retryAfterMs: retryAfterMs(headers) });
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
  return statusCode === 403 ? 'refuse' : 'split';
}

function retryAfterMs(headers: { readonly [name: string]: string } | null): number {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}
