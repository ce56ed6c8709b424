/**
 * What a request brings: its key, and a JSON object of the shape that its route expects, or else the answer
 * that refuses it. A wrong key in the header is refused before anything is read; more than the size is
 * never read, nor unpacked.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import type * as z from 'zod';
import type { JsonObject } from '../dsl/plan.ts';
import { problemsIn } from '../activities/data-problem.ts';
import type { HeldBodies } from './held-bodies.ts';
import { notLocal } from './local-callers.ts';
import { parseObject } from './message-fields.ts';
import { malformed, noKey, noRoom, notAllowed, tooLarge } from './refusals.ts';

export interface ReceiveOptions extends LetIn {
  /** Of a body, packed and unpacked. Default 512 KB. */
  readonly maxBytes: number;
  /** Of a body's list. Default 1,000. */
  readonly maxItems: number;
  readonly held: HeldBodies;
  /** Who may do what the route's own key does not open. */
  readonly admin: LetIn;
}

/** Who is let in, by a route. */
export interface LetIn {
  /** Asked for as Basic user name, Bearer token or as `writeKey` in the body: any of them; undefined: whoever calls from this machine. */
  readonly keys: readonly string[] | undefined;
  /** What the key is called. */
  readonly keyName: 'write key' | 'admin key';
}

/** Handles bodies of a shape; every other request is refused, with every reason. */
export const receiving =
  <Body>(
    options: ReceiveOptions,
    shape: z.ZodType<Body>,
    handle: (body: Body, context: Context) => Promise<Response>,
  ) =>
  async (context: Context): Promise<Response> => {
    const { keys, maxBytes } = options;
    const user = keyGiven(context);
    // Otherwise the key may be in the body.
    const known = keys === undefined || user !== undefined;
    const refusal = known ? refusalOf(context, options, user) : undefined;
    if (refusal !== undefined) return refusal;
    const isLarge = Number(context.req.header('content-length') ?? 0) > maxBytes;
    if (isLarge) return tooLarge(context, `at most ${maxBytes} bytes`);
    const held = await options.held.read(context.req.raw.body, { maxBytes, known });
    try {
      if (held.bytes === 'no room') return noRoom(context);
      const bytes = held.bytes === 'too large' ? undefined : await unpack(held.bytes, maxBytes);
      if (bytes === undefined) return tooLarge(context, `at most ${maxBytes} bytes`);
      const body = parseObject(bytes.toString('utf8'));
      const unknown = known ? undefined : refusalOf(context, options, body?.['writeKey']);
      if (unknown !== undefined) return unknown;
      if (body === undefined) return malformed(context, [NO_OBJECT]);
      const { data, error } = shape.safeParse(body);
      if (error !== undefined) return malformed(context, problemsIn(error.issues, body));
      return await handle(data, context);
    } finally {
      held.release();
    }
  };

/** For requests without a body. */
export const requireKey =
  (letIn: LetIn): MiddlewareHandler =>
  async (context, next) => {
    const refusal = refusalOf(context, letIn, keyGiven(context));
    return refusal ?? next();
  };

/** Whether a request that was let in may do what another key is for. */
export const showsKey = (context: Context, letIn: LetIn, body: JsonObject): boolean =>
  refusalOf(context, letIn, keyGiven(context) ?? body['writeKey']) === undefined;

/** @param given a key. */
function refusalOf(
  context: Context,
  { keys, keyName }: LetIn,
  given: unknown,
): Response | undefined {
  if (keys !== undefined) {
    return keys.some((key) => isKey(given, key)) ? undefined : noKey(context, keyName);
  }
  const expected = notLocal(context);
  return expected === undefined ? undefined : notAllowed(context, expected, keyName);
}

const NO_OBJECT = { path: '', expected: 'a JSON object', received: 'other bytes' };

/** The user name of a Basic authorisation, or a Bearer token; undefined where there is neither. */
const keyGiven = (context: Context): string | undefined =>
  auth(context.req.raw)?.username ??
  /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];

/** Takes the same time for any wrong key. */
const isKey = (given: unknown, expected: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Known by its first bytes: some senders name another encoding, or none. */
const GZIP = [0x1f, 0x8b];
const gunzipped = promisify(gunzip);

/** Undefined: too large. What cannot be unpacked stays as it is: no JSON. */
async function unpack(bytes: Buffer, maxBytes: number): Promise<Buffer | undefined> {
  if (!GZIP.every((byte, i) => bytes[i] === byte)) return bytes;
  try {
    return await gunzipped(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    return isTooLarge(error) ? undefined : bytes;
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
