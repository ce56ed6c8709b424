/** The plan of a journey that was named on the command line. */
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';

/** @throws Error [unknown-journey] */
export function findPlan({ plans }: Project, journey: string): Plan {
  const plan = plans.get(journey);
  if (plan !== undefined) return plan;
  throw new Error(
    `${journey}: expected one of the config's journeys, which are ${[...plans.keys()].join(', ')}; ` +
      'received another name. Name one of them, or add it to the config. [unknown-journey]',
  );
}
