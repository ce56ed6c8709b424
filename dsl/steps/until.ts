/** `until(trigger, steps, { met, notMet })`: a race between a trigger and a block of steps. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import type { ConditionPlan } from '../plan.ts';
import { localProblem } from '../problem.ts';
import type { AnyStep, NeedsOf, Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type UntilArgs = { readonly condition: ConditionPlan };

interface UntilWays<M, N> extends StepOptions {
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
 * Compiles to `{ kind: 'until', args: { condition } }`, outcomes `begin` (its steps), `met` and `notMet`.
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
      args: { condition: trigger.condition },
      key: `until:${labelCondition(trigger.condition)}`,
      branches: { begin: steps, met: ways.met ?? [], notMet: ways.notMet ?? [] },
      inline: 'begin',
    },
    ways,
  );

export const untilKind = defineStep<UntilArgs>({
  kind: 'until',
  outcomes: () => ['begin', 'met', 'notMet'],
  block: { inside: 'begin', after: 'notMet' },
  conditions: ({ condition }) => [condition],
  check: (_, { branches }) =>
    (branches?.['begin']?.length ?? 0) > 0
      ? []
      : [
          localProblem(
            'at least one step to race against',
            'none',
            'Use waitFor() to wait for the trigger alone.',
            'empty-journey',
          ),
        ],
  label: ({ condition }) => `until ${labelCondition(condition)}`,
  trigger: ({ condition }, c) => ({ condition, since: c.listens.since }),
  enter: () => ({ out: 'begin' }),
  on: { met: () => ({ out: 'met' }) },
});
