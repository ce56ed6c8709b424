/** Whether something that happened made a condition true: its rising edge. Pure. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { Facts } from '../../dsl/condition.ts';
import { holdsBy, holdsNow, isState, leavesOf } from '../../dsl/conditions/index.ts';
import type { ConditionPlan } from '../../dsl/plan.ts';
import { NO_SCORE } from '../../dsl/scoring/no-score.ts';

/** True where the condition looks at more than the event itself. */
export const asksFacts = (condition: ConditionPlan): boolean => leavesOf(condition).some(isState);

/** Whether it held before an event: events in it are true of no other than that one. */
export const heldBefore = (condition: ConditionPlan, before: Facts): boolean =>
  holdsBy(condition, (part) => ({ holds: isState(part) && holdsNow(part, before, -Infinity) }))
    .holds;

/** Whether it holds with an event: events in it are true of this very one, everything else is asked of the facts after it. */
export function holdsWith(condition: ConditionPlan, event: Behaviour, after: Facts): boolean {
  const alone: Facts = { at: event.at, profile: {}, behaviour: [event], ...NO_SCORE };
  return holdsBy(condition, (part) => ({
    holds: isState(part) ? holdsNow(part, after, -Infinity) : holdsNow(part, alone, event.at - 1),
  })).holds;
}
