/**
 * The JSON object that a request with a write key brings, or the answer that refuses it. A wrong key in
 * the header is refused before anything is read; more than the size is never read, nor unpacked.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JsonObject } from '../dsl/plan.ts';
import { parseObject } from './parse-object.ts';
import { malformed, noKey, tooLarge } from './refusals.ts';
import { basicUser, isKey } from './write-key.ts';

export interface ReceiveOptions {
  /** Undefined: anybody may write. */
  readonly writeKey: string | undefined;
  /** Of a body, packed and unpacked. */
  readonly maxBytes: number;
  /** Of a body's list. */
  readonly maxItems: number;
  readonly clock: () => number;
}

export type Received = { readonly body: JsonObject } | { readonly refusal: Response };

export async function receiveBody(
  context: Context,
  { writeKey, maxBytes }: ReceiveOptions,
): Promise<Received> {
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
