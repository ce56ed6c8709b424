/** Who may write: the key as Basic user name, or as `writeKey` in the body. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** The user name of a Basic authorisation; undefined where there is none. */
export function basicUser(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return user;
}

/** Takes the same time for any wrong key. */
export const isKey = (given: unknown, expected: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
