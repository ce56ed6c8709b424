/** What is wrong with a condition that is listened to: besides its own mistakes, own code cannot be. */
import { checkCondition, labelCondition, ownCodeIn } from '../conditions/index.ts';
import type { ConditionPlan } from '../plan.ts';
import type { LocalProblem } from '../problem.ts';

/** @param rule who listens: `goal`, `until`, `waitFor`. */
export const triggerProblems = (
  rule: string,
  condition: ConditionPlan,
): readonly LocalProblem[] => [
  ...checkCondition(condition),
  ...(ownCodeIn(condition).length > 0 ? [notATrigger(rule, condition)] : []),
];

const notATrigger = (rule: string, condition: ConditionPlan): LocalProblem => ({
  expected: `${rule} to be an event or a condition on lead, behaviour or score`,
  received: `check ${labelCondition(condition)}`,
  fix: 'Own code cannot be listened to: ask it with when().',
  code: 'not-a-trigger',
});
