/** `event.happened({ within })`: the lead's history contains it, whenever people began to listen. */
import type { Behaviour } from '../behaviour.ts';
import type { Condition, ConditionKind, Facts, Verdict } from '../condition.ts';
import { DAY_MS, type Duration } from '../duration.ts';
import { localProblem } from '../problem.ts';
import { labelEvent } from './event-occurs.ts';
import { isMeant, meantBy, type NamedEvent } from './named-event.ts';
import { checkTests } from './test-value.ts';

type EventHappenedPlan = NamedEvent & {
  readonly kind: 'happened';
  /** Milliseconds; absent: ever. */
  readonly within?: number;
};

/** @param name normalised. */
export const happened = (
  name: string,
  where: NamedEvent['where'],
  within: Duration | undefined,
): Condition => ({
  condition: {
    kind: 'happened',
    name,
    ...(where === undefined ? {} : { where }),
    ...(within === undefined ? {} : { within: within.ms }),
  },
});

export const eventHappened: ConditionKind<EventHappenedPlan> = {
  kind: 'happened',
  holds: (plan, facts): Verdict => {
    const last = lastOf(plan, facts);
    if (last === undefined) return { holds: false };
    if (plan.within === undefined) return { holds: true };
    // Counts up to and including the last instant of `within`; absence begins one millisecond later.
    const endsAt = last.at + plan.within + 1;
    return facts.at < endsAt ? { holds: true, changesAt: endsAt } : { holds: false };
  },
  means: meantBy,
  relevance: (plan, happening) => (happening.name === plan.name ? 'ask' : 'no'),
  isState: true,
  listens: (plan) => ({ events: [plan.name] }),
  label: labelHappened,
  check: ({ within = 1, where = {} }) =>
    within > 0 && within < Infinity
      ? checkTests(where)
      : [localProblem('within of more than 0, and an end', within, 'Leave it out for "ever".')],
  looksAt: (plan, facts) => ({ [labelHappened(plan)]: lastOf(plan, facts)?.at ?? null }),
};

const lastOf = (plan: EventHappenedPlan, facts: Facts): Behaviour | undefined =>
  facts.behaviour.findLast((behaviour) => behaviour.at <= facts.at && isMeant(plan, behaviour));

function labelHappened(plan: EventHappenedPlan): string {
  const label = `had:${labelEvent(plan)}`;
  return plan.within === undefined ? label : `${label}<${plan.within / DAY_MS}d`;
}
