/**
 * `GET /v1/people`: who is where, in pages; `GET /v1/people/:who`: all that is known of one person, with what will
 * happen to them if nothing else does; `…/why`: why they got a message or did not; `POST …/end`: ends their journeys;
 * `…/leap`: in development, ends their waits.
 */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { endRuns } from '../activities/entry/end-runs.ts';
import { isKnownJourney } from '../activities/entry/known-journeys.ts';
import { leapRuns, type LeaptRun } from '../activities/entry/leap-runs.ts';
import type { World } from '../activities/world.ts';
import { RUN_STATUSES } from '../engine/run.ts';
import { problemsIn } from '../activities/data-problem.ts';
import { id } from '../ingest/message-fields.ts';
import { receiving, requireKey, type ReceiveOptions } from '../ingest/receive-body.ts';
import { malformed, unknownJourney } from '../ingest/refusals.ts';
import type { StudioAccess } from './let-in.ts';
import { findPerson } from '../views/find-person.ts';
import { forecast, type Forecast } from '../views/forecast.ts';
import { peopleAt } from '../views/people-at.ts';
import { type PersonView, personView } from '../views/person-view.ts';
import { why } from '../views/why.ts';

export interface PersonAnswer extends PersonView {
  /** What will happen if nothing else does. */
  readonly ahead: Forecast;
}

export interface RunsLeapt {
  readonly leapt: readonly LeaptRun[];
}

export interface RunsEnded {
  readonly dryRun: boolean;
  readonly ended: readonly { readonly run: string; readonly journey: string }[];
}

const MOST_LISTED = 1_000;

const listing = z.object({
  journey: z.string().optional(),
  step: z.string().optional(),
  stage: z.string().optional(),
  status: z.enum(RUN_STATUSES).optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_LISTED).optional(),
});
const ending = z.object({ journey: id.optional(), dryRun: z.boolean().optional() });

export const peopleRoutes =
  ({ mayLeap = false }: StudioAccess) =>
  (world: World, options: ReceiveOptions): Hono => {
    const app = new Hono();
    const { plans } = world.project;
    app.get('*', requireKey(options));
    app.get('/', async (context) => {
      const { data, error } = listing.safeParse(context.req.query());
      if (error !== undefined)
        return malformed(context, problemsIn(error.issues, context.req.query()));
      const { journey, step } = data;
      if (journey !== undefined && !(await isKnownJourney(world, journey)))
        return unknownJourney(context, plans.keys());
      const page = await peopleAt(world, data);
      const steps = journey === undefined ? undefined : plans.get(journey)?.nodes;
      const isStrange = step !== undefined && steps !== undefined && !Object.hasOwn(steps, step);
      // People may be at a step of an older plan.
      return isStrange && page.people.length === 0
        ? unknownStep(context, Object.keys(steps))
        : context.json(page);
    });
    app.get('/:who', async (context) => {
      const view = await personView(world, context.req.param('who'));
      if (view === undefined) return unknownPerson(context);
      const answer: PersonAnswer = { ...view, ahead: await forecast(world, view.id) };
      return context.json(answer);
    });
    app.get('/:who/why', async (context) => {
      const template = context.req.query('template');
      const { templates } = world.project;
      if (template !== undefined && !templates.has(template))
        return unknownTemplate(context, [...templates.keys()]);
      const answer = await why(world, context.req.param('who'), template);
      return answer === undefined ? unknownPerson(context) : context.json(answer);
    });
    app.post(
      '/:who/end',
      receiving(options, ending, async ({ journey, dryRun = false }, context) => {
        if (journey !== undefined && !(await isKnownJourney(world, journey)))
          return unknownJourney(context, plans.keys());
        const who = context.req.param('who') ?? '';
        const found = await world.store.transaction((tx) => findPerson(tx, who));
        if (found === undefined) return unknownPerson(context);
        const ended = await endRuns(world, found.person.id, { journey, dryRun });
        const answer: RunsEnded = { dryRun, ended };
        return context.json(answer, 202);
      }),
    );
    app.post(
      '/:who/leap',
      receiving(options, z.object({}), async (_, context) => {
        if (!mayLeap) return noLeaps(context);
        const who = context.req.param('who') ?? '';
        const found = await world.store.transaction((tx) => findPerson(tx, who));
        if (found === undefined) return unknownPerson(context);
        const answer: RunsLeapt = { leapt: await leapRuns(world, found.person.id) };
        return context.json(answer, 202);
      }),
    );
    return app;
  };

const noLeaps = (context: Context): Response =>
  context.json(
    {
      error: 'forbidden',
      fix: 'Nobody was moved: waits are real here. Use `cultivo dev`, or `cultivo play` for a whole calendar.',
      expected: 'an ingest of `cultivo dev`',
    },
    403,
  );

const unknownStep = (context: Context, expected: readonly string[]): Response =>
  context.json({ error: 'unknown-step', fix: 'Name one of these.', expected }, 404);

const unknownPerson = (context: Context): Response =>
  context.json(
    {
      error: 'unknown-person',
      fix: 'Name a user id, an e-mail address or an anonymous id that was sent with behaviour.',
      ids: [context.req.param('who') ?? ''],
    },
    404,
  );

const unknownTemplate = (context: Context, expected: readonly string[]): Response =>
  context.json({ error: 'unknown-template', fix: 'Name one of these.', expected }, 404);
