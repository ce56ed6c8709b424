/** `event.happened({ within })`: the lead's history contains it, whenever people began to listen. */
import type { ConditionKind, Verdict } from '../condition.ts';
import type { TestPlan } from '../plan.ts';
import { labelEvent } from './event-occurs.ts';
import { checkTests, passes } from './test-value.ts';

export type EventHappenedPlan = {
  readonly kind: 'happened';
  /** Normalised. */
  readonly name: string;
  readonly where?: { readonly [property: string]: TestPlan };
  /** Milliseconds; absent: ever. */
  readonly within?: number;
};

export const eventHappened: ConditionKind<EventHappenedPlan> = {
  kind: 'happened',
  holds: (plan, facts): Verdict => {
    const last = facts.behaviour.findLast(
      (behaviour) =>
        behaviour.name === plan.name &&
        behaviour.at <= facts.at &&
        (plan.where === undefined || passes(behaviour.properties, plan.where)),
    );
    if (last === undefined) return { holds: false };
    if (plan.within === undefined) return { holds: true };
    // Counts up to and including the last instant of `within`; absence begins one millisecond later.
    const endsAt = last.at + plan.within + 1;
    return facts.at < endsAt ? { holds: true, changesAt: endsAt } : { holds: false };
  },
  relevance: (plan, happening) => (happening.name === plan.name ? 'ask' : 'no'),
  isState: () => true,
  listens: (plan) => ({ events: [plan.name] }),
  label: (plan) =>
    plan.within === undefined
      ? `had:${labelEvent(plan)}`
      : `had:${labelEvent(plan)}<${plan.within / 86_400_000}d`,
  check: ({ within = 1, where = {} }) =>
    within > 0
      ? checkTests(where)
      : [
          {
            expected: 'within of more than 0',
            received: String(within),
            fix: 'Leave it out for "ever".',
            code: 'invalid-argument',
          },
        ],
};
