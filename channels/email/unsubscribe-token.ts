/**
 * Tokens of unsubscribe links: who leaves which topic, signed, so that nobody can unsubscribe others
 * by guessing. They hold opaque ids, never an address, and never expire.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { madeOnce } from '../../activities/made-once.ts';
import type { Transaction } from '../../store/store.ts';

/** The topic of links in messages that have none: leaves everything. */
export const EVERY_TOPIC = '*';

export interface Unsubscribing {
  readonly person: string;
  readonly topic: string;
}

export function makeUnsubscribeToken(secret: string, person: string, topic: string): string {
  const body = Buffer.from(JSON.stringify([person, topic])).toString('base64url');
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

/** Who leaves which topic; undefined for a token that was not made with this secret. */
export function readUnsubscribeToken(secret: string, token: string): Unsubscribing | undefined {
  const dot = token.indexOf('.');
  const body = token.slice(0, Math.max(dot, 0));
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  const signature = sign(secret, body);
  // Compared before anything is parsed; a wrong length gives nothing away but itself.
  if (given.length !== signature.length || !timingSafeEqual(given, signature)) return undefined;
  // Signed, so made above.
  const [person, topic] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string];
  return { person, topic };
}

/** The secret that tokens are signed with; made at first need and kept in the store. */
export const unsubscribeSecret = (tx: Transaction): Promise<string> =>
  madeOnce(tx, 'unsubscribe-secret', () => randomBytes(32).toString('base64url'));

const sign = (secret: string, body: string): Buffer =>
  createHmac('sha256', secret).update(`unsubscribe.${body}`).digest();
