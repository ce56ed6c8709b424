/** The plan of a run, which the worker must have. */
import type { Plan } from '../dsl/plan.ts';
import { PlanMissingError } from '../engine/plan-missing-error.ts';
import type { Context } from './context.ts';

/** @throws PlanMissingError: Temporal tries again, on a worker that has it. */
export function planOf({ plan }: Pick<Context, 'plan'>, hash: string): Plan {
  const found = plan(hash);
  if (found === undefined) throw new PlanMissingError(hash);
  return found;
}
