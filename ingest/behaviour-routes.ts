/** `POST /v1/batch`, `/v1/track`, `/v1/identify`: answered once everything is in the store, or nothing is. */
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import type { World } from '../activities/world.ts';
import type { JsonObject } from '../dsl/plan.ts';
import { describeValue } from './data-problem.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';
import { malformed, tooLarge } from './refusals.ts';
import { readInstant, readSegmentItem } from './segment-item.ts';

/** Ids of messages are unique among all senders of these routes. */
const SOURCE = 'http';

type MessagesIn = (body: JsonObject) => unknown;

export function behaviourRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  const take = (path: string, messagesIn: MessagesIn): Hono =>
    // Pages of any site send behaviour, so browsers are let in: here alone.
    app.use(path, cors()).post(path, (context) => receive(world, options, context, messagesIn));
  take('/batch', ({ batch }) => batch);
  for (const type of ['track', 'identify', 'page', 'screen', 'alias', 'group']) {
    take(`/${type}`, (body) => [{ ...body, type }]);
  }
  return app;
}

async function receive(
  world: World,
  options: ReceiveOptions,
  context: Context,
  messagesIn: MessagesIn,
): Promise<Response> {
  const received = await receiveBody(context, options);
  if ('refusal' in received) return received.refusal;
  const messages = messagesIn(received.body);
  if (!Array.isArray(messages)) {
    const problem = { path: 'batch', expected: 'a list', received: describeValue(messages) };
    return malformed(context, [problem]);
  }
  if (messages.length > options.maxItems)
    return tooLarge(context, `at most ${options.maxItems} items`);
  const reception = {
    source: SOURCE,
    receivedAt: options.clock(),
    sentAt: readInstant(received.body['sentAt']),
    newId: world.newId,
  };
  const read = messages.map((message) => readSegmentItem(message, reception));
  const problems = read.flatMap((each, item) =>
    'problems' in each ? each.problems.map((problem) => ({ item, ...problem })) : [],
  );
  if (problems.length > 0) return malformed(context, problems);
  const items = read.flatMap((each) => ('item' in each ? (each.item ?? []) : []));
  const result = await recordBehaviour(world, items);
  return context.json({ ...result, ignored: messages.length - items.length }, 202);
}
