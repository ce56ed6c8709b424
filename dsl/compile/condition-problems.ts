/** What is wrong with a condition where it stands. */
import { asksOwnCode, conditionKind, labelCondition, partsOf } from '../conditions/index.ts';
import type { ConditionPlan } from '../plan.ts';
import type { LocalProblem } from '../problem.ts';

export const conditionProblems = (condition: ConditionPlan): readonly LocalProblem[] =>
  partsOf(condition).flatMap((part) => conditionKind(part).check?.(part) ?? []);

/** @param rule who listens: `goal`, `until`, `waitFor`. */
export const triggerProblems = (rule: string, condition: ConditionPlan): LocalProblem[] => [
  ...conditionProblems(condition),
  ...(asksOwnCode(condition) ? [notATrigger(rule, condition)] : []),
];

const notATrigger = (rule: string, condition: ConditionPlan): LocalProblem => ({
  expected: `${rule} to be an event or a condition on lead, behaviour or score`,
  received: `check ${labelCondition(condition)}`,
  fix: 'Own code cannot be listened to: ask it with when().',
  code: 'not-a-trigger',
});
