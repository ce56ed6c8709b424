/** Turns placed steps into the flat graph: every way out of a step names where it leads. */
import type { Plan, PlanNode, StepId } from '../plan.ts';
import { stepKind } from '../steps/index.ts';
import type { PlacedStep } from './place-steps.ts';

export function linkSteps(placed: readonly PlacedStep[]): Pick<Plan, 'start' | 'nodes'> {
  const nodes: Record<StepId, PlanNode> = {};

  /** Links a list that goes on to `after`; answers with where the list begins. */
  const linkList = (
    list: readonly PlacedStep[],
    after: StepId | null,
    within: readonly string[],
  ): StepId | null => list.reduceRight((next, each) => linkStep(each, next, within), after);

  const linkStep = (
    { step, id, branches }: PlacedStep,
    after: StepId | null,
    within: readonly string[],
  ): StepId | null => {
    const { outcomes, ends, block } = stepKind(step.kind);
    const next: Record<string, StepId | null> = {};
    for (const outcome of outcomes(step.args)) {
      // What a block holds leads to what follows it, which is linked first.
      next[outcome] =
        outcome === block?.inside || ends === true
          ? null
          : linkList(branches[outcome] ?? [], after, within);
    }
    if (block !== undefined) {
      const behind = next[block.after] ?? null;
      next[block.inside] = linkList(branches[block.inside] ?? [], behind, [...within, id]);
    }
    nodes[id] = { kind: step.kind, args: step.args, next, scopes: within };
    return id;
  };

  return { start: linkList(placed, null, []), nodes };
}
