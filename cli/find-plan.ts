/** The plan of a journey that was named on the command line. */
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';

/** @throws Error [unknown-journey] */
export function findPlan({ plans }: Project, journey: string): Plan {
  const plan = plans.get(journey);
  if (plan !== undefined) return plan;
  throw new Error(
    `Journey ${JSON.stringify(journey)}: expected one of ${[...plans.keys()].join(', ')}, ` +
      'received a name that the config does not have. Name one of them, or add it. [unknown-journey]',
  );
}
