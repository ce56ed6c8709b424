/** `journey(id, rules, steps)`: one nurturing programme as a value. Nothing runs, nothing is checked but its types. */
import type { Condition } from './condition.ts';
import type { Duration } from './duration.ts';
import type { JourneyLead, LeadModel } from './lead.ts';
import type { PlanRules, ReenterPlan, WindowPlan } from './plan.ts';
import type { AnyStep } from './step.ts';
import type { StepOrNot, StepsFor } from './steps-for.ts';

export interface JourneyRules<L> {
  /** What templates and conditions may read. */
  readonly lead: LeadModel<L>;
  /** What brings people in; left out: only by hand, API or `enrolIn`. */
  readonly enter?: Condition<NoInfer<L>> | undefined;
  /** Whether people may come again: `never` (default), `always`, `after(days(180))` counted from their last entry. */
  readonly reenter?: ReenterPlan;
  /** Ends the journey as a success, at once. */
  readonly goal?: Condition<NoInfer<L>> | undefined;
  /** Ends the journey, at once; wins over the goal. */
  readonly exit?: Condition<NoInfer<L>> | undefined;
  /** When messages may leave; left out: at any time. */
  readonly sendWindow?: WindowPlan;
  /** `pin` (default): people under way finish the plan that they began. `drain`: so do they, and nobody enters. `adopt` is refused until it works. */
  readonly inFlight?: PlanRules['inFlight'];
  /** An event that becomes known later than this after it happened brings nobody in. Default 7 days. Not part of the plan. */
  readonly enterWithin?: Duration;
  /**
   * People per workflow, 1 to 1,000. Default: chosen as they enter, 1 while few do, 500 once they come in numbers (more
   * than some two a second). Not part of the plan: it may change at any time.
   */
  readonly cohortSize?: number;
}

export interface Journey<in L = never> {
  readonly id: string;
  readonly rules: JourneyRules<never>;
  readonly steps: readonly AnyStep[];
  readonly needs?: ((lead: L) => void) | undefined;
}

/**
 * Declares a journey.
 *
 * @param id kebab-case, unique and stable: it names the Temporal workflow type.
 * @throws nothing: `compile` reports every mistake of a journey together.
 */
export function journey<L, const S extends readonly StepOrNot<JourneyLead<NoInfer<L>>>[]>(
  id: string,
  rules: JourneyRules<L>,
  steps: StepsFor<NoInfer<L>, S>,
): Journey<L> {
  return {
    id,
    // Rules are read again only by hosts that hold leads of this journey.
    rules: rules as unknown as JourneyRules<never>,
    // Whatever is no step does not compile.
    steps: steps as unknown as readonly AnyStep[],
  };
}

/** People may come back at once. */
export const always: ReenterPlan = { policy: 'always' };

/** People come once. */
export const never: ReenterPlan = { policy: 'never' };

/**
 * People may come back this long after they last entered.
 *
 * @example
 * after(days(180)) // => { policy: 'after', ms: 15552000000 }
 */
export const after = (duration: Duration): ReenterPlan => ({ policy: 'after', ms: duration.ms });

/**
 * Messages leave Monday to Friday between two times of day; `to` itself is outside.
 *
 * @example
 * weekdays('09:00', '18:00') // => { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }
 */
export const weekdays = (from: string, to: string): WindowPlan => ({
  days: [1, 2, 3, 4, 5],
  from,
  to,
});

/** Messages leave every day between two times; a `to` before `from` crosses midnight. */
export const everyDay = (from: string, to: string): WindowPlan => ({
  days: [1, 2, 3, 4, 5, 6, 7],
  from,
  to,
});
