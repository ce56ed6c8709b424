/**
 * Posts webhooks, signed as Standard Webhooks says, those of a batch together. One that is not taken is tried
 * a few times more, always under its own id; then it has failed, so that a receiver who is down keeps the
 * others waiting for less than a minute.
 */
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sender, SendOutcome } from '../../activities/lanes/sender.ts';
import { addressRefusal, type OutgoingWebhook } from './outgoing-webhook.ts';

export interface WebhookPosterOptions {
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** How long one attempt may take, ms; default 10 seconds. */
  readonly timeoutMs?: number;
  /** Before the second attempt, doubled each time; default half a second. */
  readonly retryMs?: number;
}

const ATTEMPTS = 4;

export function webhookPoster(options: WebhookPosterOptions): Sender<OutgoingWebhook> {
  return {
    vendor: 'http',
    maxBatch: 50,
    callsPerSecond: Infinity,
    // Receivers know a webhook by its own id, in whatever batch and whenever it comes again.
    idempotencyWindowMs: Infinity,
    send: (_, messages) => Promise.all(messages.map((each) => deliver(each, options))),
  };
}

async function deliver(
  message: OutgoingWebhook,
  { secret, timeoutMs = 10_000, retryMs = 500 }: WebhookPosterOptions,
): Promise<SendOutcome> {
  const refusal = addressRefusal(message);
  if (refusal !== undefined) return refusal;
  let isUnknown = false;
  for (let attempt = 1; ; attempt += 1) {
    const status = await post(message, secret, timeoutMs);
    // It may have arrived, whatever is answered later.
    isUnknown ||= status === undefined;
    if (status !== undefined && status >= 200 && status < 300) {
      return { status: 'sent', providerId: message.id };
    }
    const mayPass = status === undefined || status >= 500 || [408, 425, 429].includes(status);
    if (!mayPass || attempt === ATTEMPTS) return failed(isUnknown ? undefined : status);
    await pause(retryMs * 2 ** (attempt - 1));
  }
}

/** The answer's status; undefined where there was none. A redirect is not followed: it is signed for whom it names. */
async function post(
  { id, to, body }: OutgoingWebhook,
  secret: string,
  timeoutMs: number,
): Promise<number | undefined> {
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(to, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(secret, id, timestamp, body),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

/** `v1,` and HMAC-SHA256 of id, timestamp and body (Standard Webhooks, "Signature scheme"). */
export const sign = (secret: string, id: string, timestamp: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

const failed = (status: number | undefined): SendOutcome =>
  status === undefined
    ? { status: 'unknown', code: 'no-answer', detail: 'The receiver did not answer.' }
    : { status: 'refused', code: `http-${status}`, detail: `The receiver answered ${status}.` };
