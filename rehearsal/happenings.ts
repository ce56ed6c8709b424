/** What may happen in mid-story besides events of the project's own: each is used like one, in `at(…)`. */
import type { Occurrence } from '../dsl/event.ts';
import type { JsonObject } from '../dsl/plan.ts';
import {
  EmailUnsubscribed,
  HandoffAnswered,
  type SalesAnswer,
  systemEvents,
} from '../dsl/system-events.ts';

/**
 * Something is learnt about the lead: fields of the profile, `timezone` and `consents` among them.
 *
 * @example
 * identifies({ city: 'Lima', consents: { news: true } }).event // => 'identified'
 */
export const identifies = (traits: JsonObject): Occurrence => ({
  event: systemEvents.identified,
  properties: traits,
});

/** The lead leaves a topic; left out: all of them. */
export const unsubscribes = (topic?: string): Occurrence =>
  EmailUnsubscribed(topic === undefined ? {} : { topic });

/** Sales answers the handoff in which the lead stands; nothing happens where they stand in none. */
export const salesAnswer = (answer: SalesAnswer): Occurrence => HandoffAnswered({ answer });
