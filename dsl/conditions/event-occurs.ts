/** A bare event (`MeetingBooked`, `FormSubmitted.with({ … })`): it occurs at an instant after people begin to listen. */
import type { ConditionKind } from '../condition.ts';
import type { TestPlan } from '../plan.ts';
import { checkTests, labelTests, passes } from './test-value.ts';

export type EventOccursPlan = {
  readonly kind: 'event';
  /** Normalised. */
  readonly name: string;
  readonly where?: { readonly [property: string]: TestPlan };
};

export const eventOccurs: ConditionKind<EventOccursPlan> = {
  kind: 'event',
  holds: (plan, facts, since) => ({
    holds: facts.behaviour.some(
      (behaviour) =>
        behaviour.name === plan.name &&
        behaviour.at > since &&
        behaviour.at <= facts.at &&
        (plan.where === undefined || passes(behaviour.properties, plan.where)),
    ),
  }),
  relevance: (plan, happening, since) => {
    if (happening.name !== plan.name || happening.at <= since) return 'no';
    return plan.where === undefined ? 'met' : 'ask';
  },
  isState: () => false,
  listens: (plan) => ({ events: [plan.name] }),
  label: (plan) => labelEvent(plan),
  check: ({ where = {} }) => checkTests(where),
};

export function labelEvent(plan: Pick<EventOccursPlan, 'name' | 'where'>): string {
  const name = plan.name.replaceAll(' ', '-');
  return plan.where === undefined ? name : `${name}(${labelTests(plan.where)})`;
}
