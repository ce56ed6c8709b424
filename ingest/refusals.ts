/** Answers to requests that are not taken: what is wrong, what to do, what was expected. Nothing was written. */
import type { Context } from 'hono';
import type { DataProblem } from '../activities/data-problem.ts';

export const malformed = (context: Context, problems: readonly DataProblem[]): Response =>
  context.json(
    { error: 'malformed', fix: 'Nothing was recorded. Correct these and send again.', problems },
    400,
  );

/** @param expected what the key is called: `write key`. */
export const noKey = (context: Context, expected: string): Response =>
  context.json(
    {
      error: 'unauthorized',
      fix: `Send the ${expected} as Basic user name, or as \`writeKey\`.`,
      expected,
    },
    401,
    { 'www-authenticate': 'Basic realm="cultivo"' },
  );

export const notAllowed = (context: Context, expected: string, keyName: string): Response =>
  context.json(
    {
      error: 'forbidden',
      fix: `Call it so, or start ingest with ${keyName === 'write key' ? 'CULTIVO_WRITE_KEY' : 'CULTIVO_ADMIN_KEY'} and send that ${keyName}: without one only programs of this machine are let in.`,
      expected,
    },
    403,
  );

/** What was meant to be held at once is held. */
export const noRoom = (context: Context): Response =>
  context.json({ error: 'busy', fix: 'Nothing was recorded. Send it again in a second.' }, 503, {
    'retry-after': '1',
  });

export const unknownJourney = (context: Context, known: Iterable<string>): Response =>
  context.json({ error: 'unknown-journey', fix: 'Name one of these.', expected: [...known] }, 404);

export const unknownLane = (context: Context, known: Iterable<string>): Response =>
  context.json({ error: 'unknown-lane', fix: 'Name one of these.', expected: [...known] }, 404);

export const unknownUsers = (context: Context, ids: readonly string[]): Response =>
  context.json(
    { error: 'unknown-user', fix: 'Nothing was merged. Name people who were identified.', ids },
    404,
  );

export const tooLarge = (context: Context, expected: string): Response =>
  context.json(
    { error: 'too-large', fix: 'Nothing was recorded. Send smaller batches.', expected },
    413,
  );
