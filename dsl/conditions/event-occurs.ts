/** A bare event (`MeetingBooked`, `FormSubmitted.with({ … })`): it occurs at an instant after people begin to listen. */
import type { Behaviour } from '../behaviour.ts';
import type { Condition, ConditionKind, Facts } from '../condition.ts';
import type { Instant, TestPlan } from '../plan.ts';
import { checkTests, exampleValues, labelTests, passes } from './test-value.ts';

export type EventOccursPlan = {
  readonly kind: 'event';
  /** Normalised. */
  readonly name: string;
  readonly where?: { readonly [property: string]: TestPlan };
};

/** @param name normalised. */
export const occurs = (name: string, where?: EventOccursPlan['where']): Condition => ({
  condition: { kind: 'event', name, ...(where === undefined ? {} : { where }) },
});

export const eventOccurs: ConditionKind<EventOccursPlan> = {
  kind: 'event',
  holds: (plan, facts, since) => ({ holds: occurrence(plan, facts, since) !== undefined }),
  relevance: (plan, happening, since) => {
    if (happening.name !== plan.name || happening.at <= since) return 'no';
    return plan.where === undefined ? 'met' : 'ask';
  },
  isState: false,
  listens: (plan) => ({ events: [plan.name] }),
  label: (plan) => labelEvent(plan),
  check: ({ where = {} }) => checkTests(where),
  looksAt: (plan, facts, since) => ({
    [labelEvent(plan)]: occurrence(plan, facts, since)?.at ?? null,
  }),
  example: ({ name, where = {} }) => ({ event: name, properties: exampleValues(where) }),
};

const occurrence = (plan: EventOccursPlan, facts: Facts, since: Instant): Behaviour | undefined =>
  facts.behaviour.find(
    (behaviour) => behaviour.at > since && behaviour.at <= facts.at && isMeant(plan, behaviour),
  );

/** Whether it is the event of that name, with such a payload. */
export const isMeant = (
  { name, where }: Pick<EventOccursPlan, 'name' | 'where'>,
  behaviour: Behaviour,
): boolean =>
  behaviour.name === name && (where === undefined || passes(behaviour.properties, where));

export function labelEvent(plan: Pick<EventOccursPlan, 'name' | 'where'>): string {
  const name = plan.name.replaceAll(' ', '-');
  return plan.where === undefined ? name : `${name}(${labelTests(plan.where)})`;
}
