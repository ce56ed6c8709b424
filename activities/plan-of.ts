/** The plan of a run, which the worker must have. */
import type { Plan } from '../dsl/plan.ts';
import type { World } from './world.ts';

/** @throws Error naming the plan to deploy. Temporal tries again, on a worker that has it. */
export function planOf(world: World, hash: string): Plan {
  const plan = world.plan(hash);
  if (plan === undefined) throw new Error(planMissing(hash));
  return plan;
}

export const planMissing = (hash: string): string =>
  `Plan ${hash}: expected it in this worker, received none. ` +
  `Deploy a worker whose plans/ folder holds it (git log -- plans/*/${hash}.json). [plan-missing]`;
