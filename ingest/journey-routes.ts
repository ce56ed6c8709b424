/** `GET /v1/journeys` and `GET /v1/journeys/:id/steps`: how many people stand where. Counts alone, nobody's name. */
import { Hono } from 'hono';
import type { World } from '../activities/world.ts';
import type { Plan, StepId } from '../dsl/plan.ts';
import { inOrder } from '../dsl/print/print-text.ts';
import { labelStep } from '../dsl/steps/index.ts';
import { refuseWithoutKey, unknownJourney } from './receive-body.ts';

export interface StepCount {
  /** Null: on the way out. */
  readonly step: StepId | null;
  /** Null where the plan of now has no such step: people in an older one. */
  readonly label: string | null;
  readonly count: number;
}

export interface JourneySteps {
  readonly journey: string;
  readonly live: number;
  readonly parked: number;
  /** In the order of the plan, then those of older plans; steps where nobody is are left out. */
  readonly steps: readonly StepCount[];
}

export function journeyRoutes(world: World, writeKey: string | undefined): Hono {
  const app = new Hono();
  app.use('*', async (context, next) => refuseWithoutKey(context, writeKey) ?? (await next()));
  app.get('/', (context) => context.json({ journeys: [...world.project.plans.keys()] }));
  app.get('/:id/steps', async (context) => {
    const plan = world.project.plans.get(context.req.param('id'));
    return plan === undefined
      ? unknownJourney(context, world.project.plans.keys())
      : context.json(await stepsOf(world, plan));
  });
  return app;
}

async function stepsOf(world: World, plan: Plan): Promise<JourneySteps> {
  const journey = plan.id;
  const { counts, parked } = await world.store.transaction(async (tx) => ({
    counts: await tx.countSteps(journey),
    parked: (await tx.enrolments({ journey, status: 'parked' })).length,
  }));
  const order = new Map<StepId | null, number>(inOrder(plan).map(([id], i) => [id, i]));
  const place = (step: StepId | null): number => order.get(step) ?? Infinity;
  const steps = counts
    .map(({ step, count }) => ({ step, label: labelIn(plan, step), count }))
    .toSorted((a, b) => place(a.step) - place(b.step) || compare(a.step, b.step));
  return { journey, live: steps.reduce((sum, { count }) => sum + count, 0), parked, steps };
}

function labelIn(plan: Plan, step: StepId | null): string | null {
  const node = step === null ? undefined : plan.nodes[step];
  return node === undefined ? null : labelStep(node);
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '');
