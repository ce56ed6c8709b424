/** `POST /v1/enrol`: users into a journey by name. Answered once the store has it; the same `messageId` again changes nothing. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { enrolUsers } from '../activities/entry/enrol-users.ts';
import type { World } from '../activities/world.ts';
import { problemsIn } from './data-problem.ts';
import {
  malformed,
  receiveBody,
  tooLarge,
  unknownJourney,
  type KeyedOptions,
} from './receive-body.ts';
import { readInstant } from './segment-item.ts';

export interface EnrolRouteOptions extends KeyedOptions {
  readonly maxItems: number;
  readonly clock: () => number;
}

const text = z.string().trim().min(1).max(512);
const id = z.union([text, z.number().transform(String)]);
const user = z
  .object({ userId: id.nullish(), email: text.nullish() })
  .refine(({ userId, email }) => (userId ?? email ?? null) !== null, 'userId or email');
const instant = z.unknown().transform((value, context) => {
  const at = readInstant(value);
  if (at !== undefined) return at;
  context.addIssue({
    code: 'custom',
    message: 'a date like 2026-03-02T10:00:00Z, or milliseconds',
  });
  return z.NEVER;
});
const enrolment = z.object({
  journey: text,
  users: z.array(user).min(1),
  at: instant.nullish(),
  messageId: id.nullish(),
});

export function enrolRoutes(world: World, options: EnrolRouteOptions): Hono {
  const app = new Hono();
  app.post('/enrol', (context) => receive(world, options, context));
  return app;
}

async function receive(
  world: World,
  options: EnrolRouteOptions,
  context: Context,
): Promise<Response> {
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
