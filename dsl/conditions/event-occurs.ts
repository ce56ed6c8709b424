/** A bare event (`MeetingBooked`, `FormSubmitted.with({ … })`): it occurs at an instant after people begin to listen. */
import type { Behaviour } from '../behaviour.ts';
import type { Condition, ConditionKind, Facts } from '../condition.ts';
import type { Instant } from '../plan.ts';
import { checkTests, exampleValues, labelTests, passes, type Tests } from './test-value.ts';

/** The event of that name, with such a payload where tests are given. */
export type NamedEvent = {
  /** Normalised. */
  readonly name: string;
  readonly where?: Tests;
};

type EventOccursPlan = NamedEvent & { readonly kind: 'event' };

/** @param name normalised. */
export const occurs = (name: string, where?: Tests): Condition => ({
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
  label: labelEvent,
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

export const isMeant = ({ name, where }: NamedEvent, behaviour: Behaviour): boolean =>
  behaviour.name === name && (where === undefined || passes(behaviour.properties, where));

export function labelEvent({ name, where }: NamedEvent): string {
  const label = name.replaceAll(' ', '-');
  return where === undefined ? label : `${label}(${labelTests(where)})`;
}
