/**
 * The plans in a worker's bundle, by hash, each parsed when first asked for and then shared by all its
 * workflows: this module is preloaded, and plans are never written to.
 */
import type { Plan } from '../dsl/plan.ts';
import { PlanMissingError } from '../engine/plan-missing-error.ts';

/** The worker replaces this text in the finished bundle, so that new plans need no new bundling. */
const EMBEDDED = '__CULTIVO_PLANS__';

/** JSON texts by hash. */
const texts: { readonly [hash: string]: string } = EMBEDDED.startsWith('{')
  ? JSON.parse(EMBEDDED)
  : {};

const parsed = new Map<string, Plan>();

/** @throws PlanMissingError: fails the workflow task, not the workflow; a worker that has the plan goes on. */
export function bundledPlan(hash: string): Plan {
  const known = parsed.get(hash);
  if (known !== undefined) return known;
  const text = texts[hash];
  if (text === undefined) throw new PlanMissingError(hash);
  const plan: Plan = JSON.parse(text);
  parsed.set(hash, plan);
  return plan;
}
