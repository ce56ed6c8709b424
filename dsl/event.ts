/** Events: what people do, typed where it is used, and conditions on it. */
import type * as z from 'zod';
import { normaliseName } from './behaviour.ts';
import type { Condition } from './condition.ts';
import { happened } from './conditions/event-happened.ts';
import { occurs } from './conditions/event-occurs.ts';
import { planTests, type Where } from './conditions/test-value.ts';
import type { Duration } from './duration.ts';
import type { JsonObject } from './plan.ts';

/** One event as somebody did it: what tests and recorded behaviour are made of. */
export interface Occurrence {
  readonly event: string;
  readonly properties: JsonObject;
}

/** An event where only its name and its schema matter. */
export interface AnyEvent extends Condition {
  readonly name: string;
  readonly schema: z.ZodType | undefined;
}

/** An event is a condition (it occurs), makes conditions (`with`, `happened`) and makes occurrences (called). */
export interface EventModel<P> extends Condition {
  readonly name: string;
  readonly schema: z.ZodType<P> | undefined;
  /** One occurrence, for tests and `cultivo track`. */
  (...args: Record<never, never> extends P ? [properties?: P] : [properties: P]): Occurrence;
  /**
   * The event with this payload, from the moment that people begin to listen.
   *
   * @example
   * FormSubmitted.with({ form: 'contact' }).condition
   * // => { kind: 'event', name: 'form submitted', where: { form: { oneOf: ['contact'] } } }
   */
  with(where: Where<P>): Condition;
  /**
   * True while the lead's history holds the event; `within` looks back that far and no further.
   *
   * @example
   * PricingViewed.happened({ within: days(30) }).condition
   * // => { kind: 'happened', name: 'pricing viewed', within: 2592000000 }
   */
  happened(options?: { readonly within?: Duration; readonly where?: Where<P> }): Condition;
}

/**
 * Declares an event by the name under which it arrives; styles of writing it are one
 * (`Trial Started`, `trial_started`).
 *
 * @param schema a zod object for its properties; left out, the event carries none that matter.
 */
export function event<S extends z.ZodObject>(name: string, schema: S): EventModel<z.output<S>>;
export function event<P = Record<never, never>>(name: string): EventModel<P>;
export function event(name: string, schema?: z.ZodObject): EventModel<object> {
  const normalised = normaliseName(name);
  const occur = (properties?: object): Occurrence => ({
    event: name,
    // A zod object for JSON payloads has JSON values.
    properties: (properties ?? {}) as JsonObject,
  });
  const members = {
    schema,
    ...occurs(normalised),
    with: (where: object): Condition => occurs(normalised, planTests({ ...where })),
    happened: ({ within, where }: { within?: Duration; where?: object } = {}): Condition =>
      happened(normalised, where && planTests({ ...where }), within),
  };
  Object.defineProperty(occur, 'name', { value: name });
  // `name` is a function's own read-only property, set above; the rest is `members`.
  return Object.assign(occur, members) as unknown as EventModel<object>;
}
