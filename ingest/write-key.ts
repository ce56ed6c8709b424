/** Who may write: the key as Basic user name, or as `writeKey` in the body. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { noKey } from './refusals.ts';

/** The user name of a Basic authorisation; undefined where there is none. */
export const basicUser = (context: Context): string | undefined => auth(context.req.raw)?.username;

/** Takes the same time for any wrong key. */
export const isKey = (given: unknown, expected: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** For requests without a body; undefined: let in. */
export const refuseWithoutKey = (
  context: Context,
  writeKey: string | undefined,
): Response | undefined =>
  writeKey === undefined || isKey(basicUser(context), writeKey) ? undefined : noKey(context);
