/** `POST /v1/batch`, `/v1/track`, `/v1/identify`: answered once everything is in the store, or nothing is. */
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { recordBehaviour, type BehaviourItem } from '../activities/behaviour/record-behaviour.ts';
import type { World } from '../activities/world.ts';
import type { DataProblem } from './data-problem.ts';
import { readBody } from './read-body.ts';
import { readInstant, readSegmentItem } from './segment-item.ts';
import { basicUser, isKey } from './write-key.ts';

export interface BehaviourRouteOptions {
  readonly writeKey?: string | undefined;
  readonly maxBytes: number;
  readonly maxItems: number;
  readonly clock: () => number;
}

/** A problem of one item; `item` null: of the body. */
type ItemProblem = DataProblem & { readonly item: number | null };

/** Ids of messages are unique among all senders of these routes. */
const SOURCE = 'http';

export function behaviourRoutes(world: World, options: BehaviourRouteOptions): Hono {
  const app = new Hono();
  app.use('*', cors());
  app.post('/batch', (context) => receive(world, options, context, messagesOfBatch));
  for (const type of ['track', 'identify', 'page', 'screen', 'alias', 'group']) {
    app.post(`/${type}`, (context) =>
      receive(world, options, context, (body) => [{ ...body, type }]),
    );
  }
  return app;
}

type Body = { readonly [key: string]: unknown };

async function receive(
  world: World,
  { writeKey, maxBytes, maxItems, clock }: BehaviourRouteOptions,
  context: Context,
  messagesIn: (body: Body) => readonly unknown[] | undefined,
): Promise<Response> {
  const user = basicUser(context.req.header('authorization'));
  if (writeKey !== undefined && user !== undefined && !isKey(user, writeKey)) return noKey(context);
  const read = await readBody(context.req.raw, maxBytes);
  if ('refused' in read) {
    return read.refused === 'too-large'
      ? tooLarge(context, `at most ${maxBytes} bytes`)
      : malformed(context, [{ item: null, path: '', expected: 'JSON', received: 'other bytes' }]);
  }
  const body = asObject(read.body);
  if (writeKey !== undefined && user === undefined && !isKey(body?.['writeKey'], writeKey)) {
    return noKey(context);
  }
  const messages = body && messagesIn(body);
  if (messages === undefined) return malformed(context, [NO_BATCH]);
  if (messages.length > maxItems) return tooLarge(context, `at most ${maxItems} items`);
  const items: BehaviourItem[] = [];
  const problems: ItemProblem[] = [];
  const receivedAt = clock();
  const sentAt = readInstant(body?.['sentAt']);
  messages.forEach((message, index) => {
    const answer = readSegmentItem(message, {
      source: SOURCE,
      receivedAt,
      sentAt,
      newId: world.newId,
    });
    if ('problems' in answer)
      problems.push(...answer.problems.map((each) => ({ item: index, ...each })));
    else if (answer.item !== undefined) items.push(answer.item);
  });
  if (problems.length > 0) return malformed(context, problems);
  const result = await recordBehaviour(world, items);
  return context.json({ ...result, ignored: messages.length - items.length }, 202);
}

const messagesOfBatch = ({ batch }: Body): readonly unknown[] | undefined =>
  Array.isArray(batch) ? batch : undefined;

const NO_BATCH: ItemProblem = {
  item: null,
  path: '',
  expected: 'an object, of a batch with a list `batch`',
  received: 'none',
};

const asObject = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // JSON that is no list and not null has text keys.
      (value as Body)
    : undefined;

const malformed = (context: Context, problems: readonly ItemProblem[]): Response =>
  context.json(
    { error: 'malformed', fix: 'Nothing was recorded. Mend these and send again.', problems },
    400,
  );

const tooLarge = (context: Context, expected: string): Response =>
  context.json(
    { error: 'too-large', fix: 'Nothing was recorded. Send smaller batches.', expected },
    413,
  );

const noKey = (context: Context): Response =>
  context.json(
    { error: 'unauthorized', fix: 'Send the write key as Basic user name, or as `writeKey`.' },
    401,
    { 'www-authenticate': 'Basic realm="cultivo"' },
  );
