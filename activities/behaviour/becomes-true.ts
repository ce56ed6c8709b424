/** Whether something that happened made a condition true: its rising edge. Pure. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { Facts, Verdict } from '../../dsl/condition.ts';
import { holds, holdsBy, isState, leavesOf } from '../../dsl/conditions/index.ts';
import type { ConditionPlan } from '../../dsl/plan.ts';
import { NO_SCORE } from '../../dsl/scoring/no-score.ts';

/** True where the condition looks at more than the event itself. */
export const asksFacts = (condition: ConditionPlan): boolean => leavesOf(condition).some(isState);

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
  const holdsIn = (facts: Facts, isMeant: (part: ConditionPlan) => Verdict): boolean =>
    holdsBy(condition, (part) => (isState(part) ? holds(part, facts, -Infinity) : isMeant(part)))
      .holds;
  const alone: Facts = { at: event.at, profile: {}, behaviour: [event], ...NO_SCORE };
  return (
    holdsIn(after, (part) => holds(part, alone, event.at - 1)) &&
    !before.some((facts) => holdsIn(facts, () => ({ holds: false })))
  );
}
