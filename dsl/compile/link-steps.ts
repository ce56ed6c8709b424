/** Turns placed steps into the flat graph: every way out of a step names where it leads. */
import type { PlanNode, PlanScope, StepId } from '../plan.ts';
import { stepKind } from '../steps/index.ts';
import type { PlacedStep } from './placed-step.ts';

export interface Graph {
  readonly start: StepId | null;
  readonly nodes: { readonly [id: StepId]: PlanNode };
  readonly scopes: { readonly [id: string]: PlanScope };
}

export function linkSteps(placed: readonly PlacedStep[]): Graph {
  const nodes: Record<StepId, PlanNode> = {};
  const scopes: Record<string, PlanScope> = {};

  /** Links a list that goes on to `after`; answers with where the list begins. */
  const linkList = (
    list: readonly PlacedStep[],
    after: StepId | null,
    within: readonly string[],
  ): StepId | null => list.reduceRight((next, each) => linkStep(each, next, within), after);

  const linkStep = (
    { step, id, block, branches }: PlacedStep,
    after: StepId | null,
    within: readonly string[],
  ): StepId | null => {
    const next: Record<string, StepId | null> = {};
    for (const [outcome, branch] of Object.entries(branches)) {
      next[outcome] = linkList(branch, after, within);
    }
    if (step.block !== undefined) {
      scopes[id] = { condition: step.block.condition, met: next['met'] ?? null };
      return linkList(block, next['notMet'] ?? null, [...within, id]);
    }
    const kind = stepKind(step.kind);
    for (const outcome of kind.outcomes(step.args)) {
      next[outcome] ??= kind.ends === true || outcome in next ? null : after;
    }
    nodes[id] = { kind: step.kind, args: step.args, next, scopes: within };
    return id;
  };

  const start = linkList(placed, null, []);
  return { start, nodes, scopes };
}
