/** Whether something that happened made a condition true: its rising edge. Pure. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { Facts } from '../../dsl/condition.ts';
import { conditionKind, holds, isState, partsOf } from '../../dsl/conditions/index.ts';
import type { ConditionPlan } from '../../dsl/plan.ts';

const TRUE: ConditionPlan = { kind: 'all', of: [] };
const FALSE: ConditionPlan = { kind: 'any', of: [] };

/** True where the condition looks at more than the event itself. */
export const asksFacts = (condition: ConditionPlan): boolean =>
  partsOf(condition).some((part) => isLeaf(part) && isState(part));

/**
 * An event in the condition is true of this very event and of no other; everything else is asked of
 * the facts before and after it.
 *
 * @param before one for each person that the lead was till then: none for somebody new.
 */
export function becomesTrue(
  condition: ConditionPlan,
  event: Behaviour,
  before: readonly Facts[],
  after: Facts,
): boolean {
  if (!holds(settle(condition, event), after, -Infinity).holds) return false;
  const without = settle(condition, undefined);
  return !before.some((facts) => holds(without, facts, -Infinity).holds);
}

const isLeaf = (condition: ConditionPlan): boolean => conditionKind(condition).of === undefined;

/** The condition with its events replaced by whether this one is meant. */
function settle(condition: ConditionPlan, event: Behaviour | undefined): ConditionPlan {
  const parts = conditionKind(condition).of?.(condition);
  if (parts !== undefined) return { ...condition, of: parts.map((part) => settle(part, event)) };
  if (isState(condition)) return condition;
  if (event === undefined) return FALSE;
  const facts: Facts = { at: event.at, profile: {}, behaviour: [event], score: () => 0 };
  return holds(condition, facts, event.at - 1).holds ? TRUE : FALSE;
}
