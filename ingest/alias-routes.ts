/**
 * `POST /v1/alias`: two ids are one lead. The write key, which pages know, joins a visitor's device to a user and
 * nothing more; the admin key makes one of two known leads, and asking again changes nothing.
 */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { type MergedJourney, mergeUsers } from '../activities/behaviour/merge-users.ts';
import type { World } from '../activities/world.ts';
import { id, object } from './message-fields.ts';
import { receiving, type ReceiveOptions, showsKey } from './receive-body.ts';
import { malformed, unknownUsers } from './refusals.ts';

export interface LeadsMerged {
  readonly previousId: string;
  readonly userId: string;
  readonly dryRun: boolean;
  /** False where they were one already. */
  readonly merged: boolean;
  /** Those that both are in: of two runs the older goes on. */
  readonly journeys: readonly MergedJourney[];
}

const alias = z.object({ previousId: id, userId: id, dryRun: z.boolean().optional() });

/** @param joinDevice what the write key may ask for, answered as other behaviour is. */
export function aliasRoutes(
  world: World,
  options: ReceiveOptions,
  joinDevice: (context: Context, body: z.output<typeof object>) => Promise<Response>,
): Hono {
  const app = new Hono();
  app.post(
    '/alias',
    receiving(options, object, async (body, context) => {
      if (!showsKey(context, options.admin, body)) return joinDevice(context, body);
      const { data, error } = alias.safeParse(body);
      // The same problems as other senders of an alias are told.
      if (error !== undefined) return joinDevice(context, body);
      return merge(world, context, data);
    }),
  );
  return app;
}

async function merge(
  world: World,
  context: Context,
  { previousId, userId, dryRun = false }: z.output<typeof alias>,
): Promise<Response> {
  if (previousId === userId) {
    const problem = {
      path: 'previousId',
      expected: 'another id than userId',
      received: 'the same',
    };
    return malformed(context, [problem]);
  }
  const answer = await mergeUsers(world, { previousId, userId, at: world.clock(), dryRun });
  if (answer.verdict === 'unknown') return unknownUsers(context, answer.ids);
  const merged: LeadsMerged = {
    previousId,
    userId,
    dryRun,
    merged: answer.verdict === 'merge',
    journeys: answer.verdict === 'merge' ? answer.journeys : [],
  };
  return context.json(merged, 202);
}
