/** The triggers that a run listens to, in the order in which they win: exit, goal, untils from the innermost out, the step's own. */
import { isState } from '../dsl/conditions/index.ts';
import type { ConditionPlan, Instant, Plan } from '../dsl/plan.ts';
import { stepKind } from '../dsl/steps/index.ts';
import type { Run } from './run.ts';
import { situationOf, type Setting } from './situation.ts';

export interface Trigger {
  readonly key: string;
  readonly condition: ConditionPlan;
  /** Events count after this instant. */
  readonly since: Instant;
}

export const STEP_TRIGGER = 'step';

export function triggersOf(plan: Plan, run: Run, setting: Setting): readonly Trigger[] {
  const node = plan.nodes[run.step];
  if (node === undefined) return [];
  const triggers: Trigger[] = [];
  const { exit, goal } = plan.rules;
  if (exit !== undefined) triggers.push({ key: 'exit', condition: exit, since: run.entered });
  if (goal !== undefined) triggers.push({ key: 'goal', condition: goal, since: run.entered });
  for (const scope of node.scopes.toReversed()) {
    const condition = plan.scopes[scope]?.condition;
    if (condition === undefined) continue;
    triggers.push({ key: scope, condition, since: run.scopes[scope] ?? run.entered });
  }
  const own = stepKind(node.kind).trigger?.(node.args, situationOf(run, setting));
  if (own !== undefined) triggers.push({ key: STEP_TRIGGER, ...own });
  return triggers;
}

/** True where a trigger may be met already: it is a state, or it looks back. */
export const mayHoldAlready = (trigger: Trigger, at: Instant): boolean =>
  trigger.since < at || isState(trigger.condition);
