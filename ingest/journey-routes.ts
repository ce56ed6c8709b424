/**
 * `GET /v1/journeys`, `GET /v1/journeys/:id/steps`: how many people stand where, counts alone, nobody's
 * name. `POST /v1/journeys/:id/retry`: runs that an error has parked go on; `…/rebuild`: everybody goes on from
 * where the store says that they stand, whatever the engine has.
 */
import { Hono } from 'hono';
import * as z from 'zod';
import { beginAllAgain } from '../activities/recovery/begin-again.ts';
import { isKnownJourney, knownJourneys } from '../activities/entry/known-journeys.ts';
import { retryRuns } from '../activities/entry/retry-runs.ts';
import { withoutPersonalData } from '../activities/without-personal-data.ts';
import type { World } from '../activities/world.ts';
import type { Plan, StepId } from '../dsl/plan.ts';
import { inOrder } from '../dsl/print/print-text.ts';
import { labelStep } from '../dsl/steps/index.ts';
import { UNDER_WAY } from '../engine/run.ts';
import { groupBy } from '../store/group-by.ts';
import { enrolments } from '../store/tables/index.ts';
import { id } from './message-fields.ts';
import { receiving, requireKey, type ReceiveOptions } from './receive-body.ts';
import { unknownJourney } from './refusals.ts';

export interface JourneySteps {
  readonly journey: string;
  readonly live: number;
  readonly parked: number;
  /** False: the project has no such journey any more, and people are in it. */
  readonly isCurrent: boolean;
  /** How many share a workflow with whoever enters next: the author's `cohortSize`, or chosen by how many enter. */
  readonly cohortSize: number;
  /** Why, and how many for each reason. */
  readonly errors: readonly { readonly error: string; readonly count: number }[];
  /** In the order of the plan, then those of older plans; steps where nobody is are left out. */
  readonly steps: readonly {
    /** Null: the journey is ending for them. */
    readonly step: StepId | null;
    /** Null where the current plan has no such step: people in an older one. */
    readonly label: string | null;
    readonly count: number;
  }[];
}

export interface JourneyRetried {
  readonly journey: string;
  readonly retried: number;
  readonly runs: readonly string[];
}

export interface JourneyRebuilt {
  readonly journey: string;
  /** Workflows that begin anew, each with everybody whom the store has in it. */
  readonly cohorts: number;
  readonly people: number;
}

const rebuilding = z.object({ dryRun: z.boolean().optional() });
const retrying = z.object({ runs: z.array(id).optional() });

export function journeyRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  const { plans } = world.project;
  app.get('*', requireKey(options));
  app.get('/', async (context) => context.json({ journeys: await knownJourneys(world) }));
  app.get('/:id/steps', async (context) => {
    const journey = context.req.param('id');
    return (await isKnownJourney(world, journey))
      ? context.json(await stepsOf(world, journey))
      : unknownJourney(context, plans.keys());
  });
  app.post(
    '/:id/retry',
    receiving(options, retrying, async ({ runs: asked }, context) => {
      const journey = context.req.param('id') ?? '';
      if (!(await isKnownJourney(world, journey))) return unknownJourney(context, plans.keys());
      const runs = await retryRuns(world, journey, asked);
      const retried: JourneyRetried = { journey, retried: runs.length, runs };
      return context.json(retried, 202);
    }),
  );
  app.post(
    '/:id/rebuild',
    receiving(options, rebuilding, async ({ dryRun }, context) => {
      const journey = context.req.param('id') ?? '';
      if (!(await isKnownJourney(world, journey))) return unknownJourney(context, plans.keys());
      const how = { cause: world.newId(), journey, anew: true, dryRun };
      const rebuilt: JourneyRebuilt = { journey, ...(await beginAllAgain(world, how)) };
      return context.json(rebuilt, 202);
    }),
  );
  return app;
}

async function stepsOf(world: World, journey: string): Promise<JourneySteps> {
  const plan = world.project.plans.get(journey);
  const counts = await world.store.transaction((tx) =>
    tx.count(enrolments, ['status', 'step', 'error'], { journey, status: UNDER_WAY }),
  );
  const order = new Map<StepId | null, number>(
    (plan === undefined ? [] : inOrder(plan)).map(([step], i) => [step, i]),
  );
  const place = (step: StepId | null): number => order.get(step) ?? Infinity;
  const live = counts.filter(({ status }) => status === 'live');
  const parked = counts.filter(({ status }) => status === 'parked');
  const sum = (rows: Readonly<typeof counts>) =>
    rows.reduce((total, { count }) => total + count, 0);
  return {
    journey,
    live: sum(live),
    parked: sum(parked),
    isCurrent: plan !== undefined,
    cohortSize:
      world.project.journeys.get(journey)?.rules.cohortSize ??
      world.crowds.sizeOf(journey, world.clock()),
    errors: [...groupBy(parked, ({ error }) => error ?? '')]
      .map(([error, rows]) => ({ error: withoutPersonalData(error), count: sum(rows) }))
      .toSorted((a, b) => b.count - a.count),
    steps: live
      .map(({ step, count }) => ({
        step,
        label: labelOf(plan, step),
        count,
      }))
      .toSorted((a, b) => place(a.step) - place(b.step) || compare(a.step, b.step)),
  };
}

/** Null: on its way out, or at a step of an older plan. */
function labelOf(plan: Plan | undefined, step: StepId | null): string | null {
  const node = step === null ? undefined : plan?.nodes[step];
  return node === undefined ? null : labelStep(node);
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '');
