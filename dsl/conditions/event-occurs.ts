/** A bare event (`MeetingBooked`, `FormSubmitted.with({ … })`): it occurs at an instant after people begin to listen. */
import type { Behaviour } from '../behaviour.ts';
import type { Condition, ConditionKind, Facts } from '../condition.ts';
import type { Instant } from '../plan.ts';
import { isMeant, meantBy, type NamedEvent } from './named-event.ts';
import { checkTests, exampleValues, labelTests, type Tests } from './test-value.ts';

type EventOccursPlan = NamedEvent & { readonly kind: 'event' };

/** @param name normalised. */
export const occurs = (name: string, where?: Tests): Condition => ({
  condition: { kind: 'event', name, ...(where === undefined ? {} : { where }) },
});

export const eventOccurs: ConditionKind<EventOccursPlan> = {
  kind: 'event',
  holds: (plan, facts, since) => ({ holds: occurrence(plan, facts, since) !== undefined }),
  means: meantBy,
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

/** The latest: where there was one, that is after `since` too. */
const occurrence = (plan: EventOccursPlan, facts: Facts, since: Instant): Behaviour | undefined =>
  facts.behaviour.findLast(
    (behaviour) => behaviour.at > since && behaviour.at <= facts.at && isMeant(plan, behaviour),
  );

export function labelEvent({ name, where }: NamedEvent): string {
  const label = name.replaceAll(' ', '-');
  return where === undefined ? label : `${label}(${labelTests(where)})`;
}
