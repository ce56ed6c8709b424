/**
 * What a request brings: its write key, and a JSON object of the shape that its route expects, or else
 * the answer that refuses it. A wrong key in the header is refused before anything is read; more than the
 * size is never read, nor unpacked.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { auth } from 'hono/utils/basic-auth';
import type * as z from 'zod';
import type { JsonObject } from '../dsl/plan.ts';
import { problemsIn } from './data-problem.ts';
import { parseObject } from './message-fields.ts';
import { malformed, noKey, tooLarge } from './refusals.ts';

export interface ReceiveOptions {
  /** Asked for as Basic user name or as `writeKey` in the body; undefined: anybody may write. */
  readonly writeKey: string | undefined;
  /** Of a body, packed and unpacked. Default 512 KB. */
  readonly maxBytes: number;
  /** Of a body's list. Default 1,000. */
  readonly maxItems: number;
}

/** Handles bodies of a shape; every other request is refused, with every reason. */
export const receiving =
  <Body>(
    options: ReceiveOptions,
    shape: z.ZodType<Body>,
    handle: (body: Body, context: Context) => Promise<Response>,
  ) =>
  async (context: Context): Promise<Response> => {
    const received = await receiveBody(context, options);
    if ('refusal' in received) return received.refusal;
    const { data, error } = shape.safeParse(received.body);
    return error === undefined
      ? handle(data, context)
      : malformed(context, problemsIn(error.issues, received.body));
  };

/** For requests without a body. */
export const requireKey =
  ({ writeKey }: ReceiveOptions): MiddlewareHandler =>
  async (context, next) =>
    writeKey === undefined || isKey(basicUser(context), writeKey) ? next() : noKey(context);

async function receiveBody(
  context: Context,
  { writeKey, maxBytes }: ReceiveOptions,
): Promise<{ readonly body: JsonObject } | { readonly refusal: Response }> {
  const mayWrite = (given: unknown): boolean => writeKey === undefined || isKey(given, writeKey);
  const refuseSize = (): Response => tooLarge(context, `at most ${maxBytes} bytes`);
  const user = basicUser(context);
  if (user !== undefined && !mayWrite(user)) return { refusal: noKey(context) };
  const limit = bodyLimit({ maxSize: maxBytes, onError: refuseSize });
  const refusal = await limit(context, async () => {});
  if (refusal !== undefined) return { refusal };
  const bytes = await unpack(Buffer.from(await context.req.arrayBuffer()), maxBytes);
  if (bytes === undefined) return { refusal: refuseSize() };
  const body = parseObject(bytes.toString('utf8'));
  if (user === undefined && !mayWrite(body?.['writeKey'])) return { refusal: noKey(context) };
  return body === undefined ? { refusal: malformed(context, [NO_OBJECT]) } : { body };
}

const NO_OBJECT = { path: '', expected: 'a JSON object', received: 'other bytes' };

/** The user name of a Basic authorisation; undefined where there is none. */
const basicUser = (context: Context): string | undefined => auth(context.req.raw)?.username;

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
