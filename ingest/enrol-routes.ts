/** `POST /v1/enrol`: users into a journey by name. Answered once the store has it; the same `messageId` again changes nothing. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { enrolUsers } from '../activities/entry/enrol-users.ts';
import type { World } from '../activities/world.ts';
import { problemsIn } from './data-problem.ts';
import { id, instant, text } from './message-fields.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';
import { malformed, tooLarge, unknownJourney } from './refusals.ts';

const user = z
  .object({ userId: id.nullish(), email: text.nullish() })
  .refine(({ userId, email }) => (userId ?? email ?? null) !== null, 'userId or email');
const enrolment = z.object({
  journey: text,
  users: z.array(user).min(1),
  at: instant.nullish(),
  messageId: id.nullish(),
});

export function enrolRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  app.post('/enrol', (context) => receive(world, options, context));
  return app;
}

async function receive(world: World, options: ReceiveOptions, context: Context): Promise<Response> {
  const received = await receiveBody(context, options);
  if ('refusal' in received) return received.refusal;
  const parsed = enrolment.safeParse(received.body);
  if (!parsed.success) return malformed(context, problemsIn(parsed.error.issues, received.body));
  const { journey, users, at, messageId } = parsed.data;
  if (users.length > options.maxItems)
    return tooLarge(context, `at most ${options.maxItems} users`);
  if (!world.project.plans.has(journey)) {
    return unknownJourney(context, world.project.plans.keys());
  }
  const now = options.clock();
  const answers = await enrolUsers(world, {
    journey,
    users: users.map(({ userId, email }) => ({
      ...(userId == null ? {} : { userId }),
      ...(email == null ? {} : { email }),
    })),
    at: Math.min(at ?? now, now),
    cause: `enrol/${messageId ?? world.newId()}`,
  });
  const entered = answers.filter(({ verdict }) => verdict === 'enter').length;
  const verdicts = answers.map((answer) =>
    answer.verdict === 'enter' ? { verdict: answer.verdict, run: answer.run } : answer,
  );
  return context.json(
    { journey, entered, refused: answers.length - entered, users: verdicts },
    202,
  );
}
