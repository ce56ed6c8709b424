/** The JSON object that a request with a write key brings, or the answer that refuses it. */
import type { Context } from 'hono';
import type { DataProblem } from './data-problem.ts';
import { readBody } from './read-body.ts';
import { basicUser, isKey } from './write-key.ts';

export interface KeyedOptions {
  readonly writeKey?: string | undefined;
  readonly maxBytes: number;
}

type Body = { readonly [key: string]: unknown };

export async function receiveBody(
  context: Context,
  { writeKey, maxBytes }: KeyedOptions,
): Promise<{ readonly body: Body } | { readonly refusal: Response }> {
  const user = basicUser(context.req.header('authorization'));
  if (writeKey !== undefined && user !== undefined && !isKey(user, writeKey)) {
    return { refusal: noKey(context) };
  }
  const read = await readBody(context.req.raw, maxBytes);
  if ('refused' in read && read.refused === 'too-large') {
    return { refusal: tooLarge(context, `at most ${maxBytes} bytes`) };
  }
  const body = 'body' in read ? asObject(read.body) : undefined;
  if (writeKey !== undefined && user === undefined && !isKey(body?.['writeKey'], writeKey)) {
    return { refusal: noKey(context) };
  }
  if (body !== undefined) return { body };
  return {
    refusal: malformed(context, [{ path: '', expected: 'a JSON object', received: 'other bytes' }]),
  };
}

/** For requests without a body; undefined: let in. */
export function refuseWithoutKey(
  context: Context,
  writeKey: string | undefined,
): Response | undefined {
  if (writeKey === undefined) return undefined;
  return isKey(basicUser(context.req.header('authorization')), writeKey)
    ? undefined
    : noKey(context);
}

export const malformed = (context: Context, problems: readonly DataProblem[]): Response =>
  context.json(
    { error: 'malformed', fix: 'Nothing was recorded. Mend these and send again.', problems },
    400,
  );

export const tooLarge = (context: Context, expected: string): Response =>
  context.json(
    { error: 'too-large', fix: 'Nothing was recorded. Send smaller batches.', expected },
    413,
  );

export const unknownJourney = (context: Context, known: Iterable<string>): Response =>
  context.json({ error: 'unknown-journey', fix: 'Name one of these.', expected: [...known] }, 404);

const noKey = (context: Context): Response =>
  context.json(
    { error: 'unauthorized', fix: 'Send the write key as Basic user name, or as `writeKey`.' },
    401,
    { 'www-authenticate': 'Basic realm="cultivo"' },
  );

const asObject = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // JSON that is no list and not null has text keys.
      (value as Body)
    : undefined;
