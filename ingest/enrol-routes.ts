/** `POST /v1/enrol`: users into a journey by name. Answered once the store has it; the same `messageId` again changes nothing. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { enrolUsers } from '../activities/entry/enrol-users.ts';
import type { World } from '../activities/world.ts';
import { emailText, id, instant, text } from './message-fields.ts';
import { receiving, type ReceiveOptions } from './receive-body.ts';
import { tooLarge, unknownJourney } from './refusals.ts';

const user = z
  .object({ userId: id.nullish(), email: emailText.nullish() })
  .refine(({ userId, email }) => (userId ?? email ?? null) !== null, 'userId or email');
const enrolment = z.object({
  journey: text,
  users: z.array(user).min(1),
  at: instant.nullish(),
  messageId: id.nullish(),
});

export function enrolRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  app.post(
    '/enrol',
    receiving(options, enrolment, (asked, context) => enrol(world, options, context, asked)),
  );
  return app;
}

async function enrol(
  world: World,
  { maxItems }: ReceiveOptions,
  context: Context,
  { journey, users, at, messageId }: z.output<typeof enrolment>,
): Promise<Response> {
  const { plans } = world.project;
  if (users.length > maxItems) return tooLarge(context, `at most ${maxItems} users`);
  if (!plans.has(journey)) return unknownJourney(context, plans.keys());
  const now = world.clock();
  const answers = await enrolUsers(world, {
    journey,
    users: users.map(({ userId, email }) => ({
      userId: userId ?? undefined,
      email: email ?? undefined,
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
