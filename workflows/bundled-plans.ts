/**
 * The plans in a worker's bundle, by hash, each parsed when first asked for and then shared by all its
 * workflows: this module is preloaded, and plans are never written to.
 */
import type { Plan } from '../dsl/plan.ts';

/** The worker replaces this text in the finished bundle, so that new plans need no new bundling. */
const EMBEDDED = '__CULTIVO_PLANS__';

/** JSON texts by hash. */
const texts: { readonly [hash: string]: string } = EMBEDDED.startsWith('{')
  ? JSON.parse(EMBEDDED)
  : {};

const parsed = new Map<string, Plan>();

export function bundledPlan(hash: string): Plan | undefined {
  const text = texts[hash];
  if (text === undefined) return undefined;
  const plan: Plan = parsed.get(hash) ?? JSON.parse(text);
  parsed.set(hash, plan);
  return plan;
}
