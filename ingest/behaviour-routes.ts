/** `POST /v1/batch`, `/v1/track`, `/v1/identify`, `/v1/alias`: answered once everything is in the store, or nothing is. */
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod';
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import type { World } from '../activities/world.ts';
import { normaliseName } from '../dsl/behaviour.ts';
import { systemEvents } from '../dsl/system-events.ts';
import { aliasRoutes } from './alias-routes.ts';
import type { DataProblem } from '../activities/data-problem.ts';
import { object, readInstant } from './message-fields.ts';
import { type RecordItems, recordTogether } from './record-together.ts';
import { receiving, type ReceiveOptions } from './receive-body.ts';
import { malformed, tooLarge } from './refusals.ts';
import { readSegmentItem } from './segment-item.ts';

/** Ids of messages are unique among all senders of these routes. */
const SOURCE = 'http';

const batch = z.object({ batch: z.array(z.unknown()), sentAt: z.unknown().optional() });
type Batch = z.output<typeof batch>;

/** The body of a route for one message: a batch of it alone. */
const single = (type: string): z.ZodType<Batch> =>
  object.transform((body) => ({ batch: [{ ...body, type }], sentAt: body['sentAt'] }));

export function behaviourRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  const recordItems = recordTogether(world);
  const take = (path: string, shape: z.ZodType<Batch>): Hono =>
    // Pages of any site send behaviour, so browsers are let in, if they know the key: here alone.
    (options.keys === undefined ? app : app.use(path, cors())).post(
      path,
      receiving(options, shape, (body, context) =>
        record(world, recordItems, options, context, body),
      ),
    );
  take('/batch', batch);
  for (const type of ['track', 'identify', 'page', 'screen', 'group']) {
    take(`/${type}`, single(type));
  }
  if (options.keys !== undefined) app.use('/alias', cors());
  return app.route(
    '/',
    aliasRoutes(world, options, (context, body) =>
      record(world, recordItems, options, context, single('alias').parse(body)),
    ),
  );
}

async function record(
  world: World,
  recordItems: RecordItems,
  { maxItems }: ReceiveOptions,
  context: Context,
  { batch: messages, sentAt }: Batch,
): Promise<Response> {
  if (messages.length > maxItems) return tooLarge(context, `at most ${maxItems} items`);
  const reception = {
    source: SOURCE,
    receivedAt: world.clock(),
    sentAt: readInstant(sentAt),
    newId: world.newId,
  };
  const read = messages.map((message) => readSegmentItem(message, reception));
  const problems = read.flatMap((each, item) =>
    ('problems' in each ? each.problems : answersFor(each.item)).map((problem) => ({
      item,
      ...problem,
    })),
  );
  if (problems.length > 0) return malformed(context, problems);
  const items = read.flatMap((each) => ('item' in each ? (each.item ?? []) : []));
  const result = await recordItems(items);
  return context.json({ ...result, ignored: messages.length - items.length }, 202);
}

/** Sales answers by link: whoever may send behaviour may not answer for them. */
const answersFor = (item: BehaviourItem | undefined): readonly DataProblem[] =>
  item?.type === 'track' && normaliseName(item.name) === systemEvents.handoffAnswered
    ? [{ path: 'event', expected: "an event that is not sales' answer", received: 'text' }]
    : [];
