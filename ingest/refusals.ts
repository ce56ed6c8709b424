/** Answers to requests that are not taken: what is wrong, what to do, what was expected. Nothing was written. */
import type { Context } from 'hono';
import type { DataProblem } from './data-problem.ts';

export const malformed = (context: Context, problems: readonly DataProblem[]): Response =>
  context.json(
    { error: 'malformed', fix: 'Nothing was recorded. Correct these and send again.', problems },
    400,
  );

export const noKey = (context: Context): Response =>
  context.json(
    { error: 'unauthorized', fix: 'Send the write key as Basic user name, or as `writeKey`.' },
    401,
    { 'www-authenticate': 'Basic realm="cultivo"' },
  );

export const unknownJourney = (context: Context, known: Iterable<string>): Response =>
  context.json({ error: 'unknown-journey', fix: 'Name one of these.', expected: [...known] }, 404);

export const tooLarge = (context: Context, expected: string): Response =>
  context.json(
    { error: 'too-large', fix: 'Nothing was recorded. Send smaller batches.', expected },
    413,
  );
