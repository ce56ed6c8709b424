/** `points(…)`: one rule of a scoring model as a value. `scoring` gives it its dimension and checks it. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import type { Duration } from '../duration.ts';
import type { BehaviourRule, StateRule } from './scoring-model.ts';

/** Points each time that something happens. */
interface OnEvent {
  /** An event, an event `.with({ … })`, or `any(…)` of such. */
  readonly on: Condition;
  /** The points halve every so long; left out: they stay. */
  readonly halfLife?: Duration;
  /** At most this many points from the rule at any time. */
  readonly atMost?: number;
  /** At most this many new points within one day (UTC). */
  readonly atMostPerDay?: number;
  /** In reasons and ledger. Default: the event's label, `pricing-viewed`. */
  readonly name?: string;
  readonly while?: never;
}

/** Points for as long as something is so. */
interface WhileState<L> {
  /** Who they are (`Lead.is`), what they did (`happened`), or what they did not (`not(… happened)`). */
  readonly while: Condition<L>;
  /** In reasons and ledger. Default: the condition's label, `country=ES`. */
  readonly name?: string;
  readonly on?: never;
  readonly halfLife?: never;
  readonly atMost?: never;
  readonly atMostPerDay?: never;
}

/** A rule that stands in no dimension yet. */
export type Points = Omit<BehaviourRule, 'dimension'> | Omit<StateRule, 'dimension'>;

/**
 * Gives points, or takes them where the number is negative.
 *
 * With `on`: at each occurrence, decaying by `halfLife`, within the caps. With `while`: for as long as
 * the condition holds, absence included.
 *
 * @param count points, not 0.
 * @example
 * points(20, { while: Lead.is({ role: 'manager' }) })
 * // => { name: 'role=manager', points: 20, while: { kind: 'lead', where: { role: { oneOf: ['manager'] } } } }
 * points(-10, { name: 'quiet', while: not(EmailOpened.happened({ within: days(30) })) }).name // => 'quiet'
 * points(15, { on: PricingViewed, halfLife: days(30), atMost: 45 })
 * // => { name: 'pricing-viewed', points: 15, on: { kind: 'event', name: 'pricing viewed' }, halfLifeMs: 2592000000, atMost: 45 }
 */
export function points<L>(count: number, rule: OnEvent | WhileState<L>): Points {
  const { condition } = rule.on === undefined ? rule.while : rule.on;
  const named = { name: rule.name ?? labelCondition(condition), points: count };
  if (rule.on === undefined) return { ...named, while: condition };
  return {
    ...named,
    on: condition,
    halfLifeMs: rule.halfLife?.ms ?? null,
    ...(rule.atMost === undefined ? {} : { atMost: rule.atMost }),
    ...(rule.atMostPerDay === undefined ? {} : { atMostPerDay: rule.atMostPerDay }),
  };
}
