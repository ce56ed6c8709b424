/** What fields of messages and requests hold, and what their senders read when it is something else. */
import * as z from 'zod';
import { oneForm } from '../dsl/one-form.ts';
import type { Instant, JsonObject } from '../dsl/plan.ts';

/** No database keeps them, and whoever has lost half a character names somebody else each time. */
const BROKEN = /[\0\p{Cs}]/u;

/** A name or an id, in one form. */
const textUpTo = (characters: number) =>
  z
    .string()
    .refine((value) => !BROKEN.test(value), 'text without NUL and half characters')
    .transform(oneForm)
    .pipe(z.string().min(1).max(characters));

export const text = textUpTo(512);

export const id = z.union([text, z.number().transform(String)]);

/** The longest that can be delivered to (RFC 5321): 64 characters, @, 255. */
export const emailText = textUpTo(320);

/** Deeper than anybody means it; the database gives up at some thousand. */
const DEEPEST = 32;

const shallow = z
  .record(z.string().max(512), z.unknown())
  .refine((value) => !isDeeperThan(DEEPEST, value), `at most ${DEEPEST} levels of nesting`);

/** What was parsed from JSON and is an object is a JsonObject. */
export const object = shallow.transform((value) => value as JsonObject);

/** What is of a kind must be of its shape; anything else is kept as it came. */
export const where = <S extends z.ZodType>(isOfKind: (value: unknown) => boolean, shape: S) =>
  z.unknown().transform((value, context) => {
    if (!isOfKind(value)) return value;
    const { data, error } = shape.safeParse(value);
    // Found by zod itself: an issue of any kind, and the value that it was found in.
    for (const issue of error?.issues ?? [])
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return data;
  });

/** An object some of whose fields are names; the others are kept as they came. */
export const objectWith = <S extends z.core.$ZodLooseShape>(names: S) =>
  // As above.
  shallow.pipe(z.looseObject(names)).transform((value) => value as unknown as JsonObject);

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** A text's JSON object; undefined where it holds anything else. */
export function parseObject(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? // JSON that is no list and not null has text keys.
        (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A date with a time needs its zone: without one it would mean the zone of whoever reads it. */
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/i;
const FARTHEST_MS = 8.6e15;

/** What `instant` takes, in words. */
export const INSTANT_FORM = 'a date like 2026-03-02T10:00:00Z, or milliseconds';

export const instant = z.unknown().transform((value, context): Instant => {
  const ms = typeof value === 'string' && ISO.test(value) ? Date.parse(value) : value;
  if (typeof ms === 'number' && Math.abs(ms) <= FARTHEST_MS) return Math.round(ms);
  context.addIssue({ code: 'custom', message: INSTANT_FORM });
  return z.NEVER;
});

export const readInstant = (value: unknown): Instant | undefined => instant.safeParse(value).data;
