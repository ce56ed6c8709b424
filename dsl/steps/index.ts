/** What is asked of any kind of step, and all effects that steps may ask for. */
import type { JsonObject, Plan, PlanNode, StepId } from '../plan.ts';
import type { AnyEffect, StepKind } from '../step.ts';
import * as KINDS from './kinds.ts';

/** Every effect that a step may ask for: whoever performs effects is held to all of them by its type. */
export type Effect = NonNullable<(typeof KINDS)[keyof typeof KINDS]['asks']>;

type AnyKind = StepKind<JsonObject, AnyEffect>;

const kinds: ReadonlyMap<string, AnyKind> = new Map(
  // Each kind is only ever given arguments that its own author function made.
  Object.values(KINDS).map((kind) => [kind.kind, kind as unknown as AnyKind]),
);

export function stepKind(kind: string): AnyKind {
  const found = kinds.get(kind);
  if (found === undefined) {
    throw new Error(
      `Step kind "${kind}": expected one of ${[...kinds.keys()].join(', ')}. ` +
        'Deploy a worker whose version knows it. [unknown-step-kind]',
    );
  }
  return found;
}

export const labelStep = (node: Pick<PlanNode, 'kind' | 'args'>): string =>
  stepKind(node.kind).label(node.args);

/** The step in the words of its kind; its id where the plan is not at hand. */
export function labelIn(plan: Plan | undefined, step: StepId): string {
  const node = plan?.nodes[step];
  return node === undefined ? step : labelStep(node);
}
