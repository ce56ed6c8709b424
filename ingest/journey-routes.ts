/**
 * `GET /v1/journeys`, `GET /v1/journeys/:id/steps`: how many people stand where, counts alone, nobody's
 * name. `POST /v1/journeys/:id/retry`: parked runs go on.
 */
import { Hono } from 'hono';
import * as z from 'zod';
import { retryRuns } from '../activities/entry/retry-runs.ts';
import { withoutPersonalData } from '../activities/without-personal-data.ts';
import type { World } from '../activities/world.ts';
import type { Plan, StepId } from '../dsl/plan.ts';
import { inOrder } from '../dsl/print/print-text.ts';
import { labelStep } from '../dsl/steps/index.ts';
import { UNDER_WAY } from '../engine/run.ts';
import { groupBy } from '../store/group-by.ts';
import { enrolments } from '../store/tables/index.ts';
import { problemsIn } from './data-problem.ts';
import { id } from './message-fields.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';
import { malformed, unknownJourney } from './refusals.ts';
import { refuseWithoutKey } from './write-key.ts';

export interface StepCount {
  /** Null: on the way out. */
  readonly step: StepId | null;
  /** Null where the current plan has no such step: people in an older one. */
  readonly label: string | null;
  readonly count: number;
}

export interface JourneySteps {
  readonly journey: string;
  readonly live: number;
  readonly parked: number;
  /** Why, and how many for each reason. */
  readonly errors: readonly { readonly error: string; readonly count: number }[];
  /** In the order of the plan, then those of older plans; steps where nobody is are left out. */
  readonly steps: readonly StepCount[];
}

const retrying = z.object({ runs: z.array(id).optional() });

export function journeyRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  const { plans } = world.project;
  app.on(['GET'], '*', async (context, next) => {
    const refusal = refuseWithoutKey(context, options.writeKey);
    return refusal ?? (await next());
  });
  app.get('/', (context) => context.json({ journeys: [...plans.keys()] }));
  app.get('/:id/steps', async (context) => {
    const plan = plans.get(context.req.param('id'));
    return plan === undefined
      ? unknownJourney(context, plans.keys())
      : context.json(await stepsOf(world, plan));
  });
  app.post('/:id/retry', async (context) => {
    const received = await receiveBody(context, options);
    if ('refusal' in received) return received.refusal;
    const parsed = retrying.safeParse(received.body);
    if (!parsed.success) return malformed(context, problemsIn(parsed.error.issues, received.body));
    const journey = context.req.param('id');
    if (!plans.has(journey)) return unknownJourney(context, plans.keys());
    const retried = await retryRuns(world, journey, parsed.data.runs);
    return context.json({ journey, retried: retried.length, runs: retried }, 202);
  });
  return app;
}

async function stepsOf(world: World, plan: Plan): Promise<JourneySteps> {
  const journey = plan.id;
  const counts = await world.store.transaction((tx) =>
    tx.count(enrolments, ['status', 'step', 'error'], { journey, status: UNDER_WAY }),
  );
  const order = new Map<StepId | null, number>(inOrder(plan).map(([step], i) => [step, i]));
  const place = (step: StepId | null): number => order.get(step) ?? Infinity;
  const [live, parked] = ['live', 'parked'].map((status) =>
    counts.filter((each) => each.status === status),
  ) as [typeof counts, typeof counts];
  const sum = (rows: Readonly<typeof counts>) =>
    rows.reduce((total, { count }) => total + count, 0);
  return {
    journey,
    live: sum(live),
    parked: sum(parked),
    errors: [...groupBy(parked, ({ error }) => error ?? '')]
      .map(([error, rows]) => ({ error: withoutPersonalData(error), count: sum(rows) }))
      .toSorted((a, b) => b.count - a.count),
    steps: live
      .map(({ step, count }) => ({ step, label: labelIn(plan, step), count }))
      .toSorted((a, b) => place(a.step) - place(b.step) || compare(a.step, b.step)),
  };
}

function labelIn(plan: Plan, step: StepId | null): string | null {
  const node = step === null ? undefined : plan.nodes[step];
  return node === undefined ? null : labelStep(node);
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '');
