/** `until(trigger, steps, { met, notMet })`: a race between a trigger and a block of steps. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import type { AnyStep, NeedsOf, Step } from '../step.ts';
import { type StepOptions, withId } from './step-options.ts';

export interface UntilWays<M, N> extends StepOptions {
  /** The trigger came: the block was abandoned where people stood. */
  readonly met?: readonly M[];
  /** The block came to its end first. */
  readonly notMet?: readonly N[];
}

/**
 * Takes the steps until the trigger is met; then abandons them at once, in the middle of any wait.
 * Events count from the beginning of the block; a condition on score or profile that already holds
 * is met at once. Blocks may be nested: of two met together the innermost wins; an event is then used
 * up, a state that lasts meets the outer one the next instant.
 *
 * Compiles to a scope around its steps; `met` and `notMet` are where people go on.
 *
 * @example
 * until(MeetingBooked, [waitDays(3)]).key // => 'until:meeting-booked'
 */
export const until = <C, S extends AnyStep, M extends AnyStep = never, N extends AnyStep = never>(
  trigger: Condition<C>,
  steps: readonly S[],
  ways: UntilWays<M, N> = {},
): Step<C & NeedsOf<S | M | N>> =>
  withId(
    {
      kind: 'until',
      args: {},
      key: `until:${labelCondition(trigger.condition)}`,
      block: { condition: trigger.condition, steps },
      branches: { met: ways.met ?? [], notMet: ways.notMet ?? [] },
    },
    ways,
  );
