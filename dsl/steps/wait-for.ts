/** `waitFor(trigger, { upTo, yes, no })`: until something happens or becomes true, for a limited time. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import { DAY_MS, type Duration, printSpan } from '../duration.ts';
import type { ConditionPlan } from '../plan.ts';
import { invalid, type Mistake } from '../problem.ts';
import type { AnyStep, NeedsOf, Situation, Step } from '../step.ts';
import { defineStep, outYesOrNo, type StepOptions, withId } from './define-step.ts';

type WaitForArgs = {
  readonly condition: ConditionPlan;
  readonly upToMs: number;
  /** `entry`, a step id, or absent: since this step began. */
  readonly since?: string;
};

interface WaitForOptions<Y, N> extends StepOptions {
  /** How long at most. */
  readonly upTo: Duration;
  /** Looks further back than the beginning of this step: to the entry, or to another step's beginning. */
  readonly since?: string;
  /** It came in time. */
  readonly yes?: readonly Y[];
  /** It did not. */
  readonly no?: readonly N[];
}

/**
 * Waits for an event, or for a condition to become true, at most `upTo`. Counts what happens after
 * the step begins, duplicates once; an event at the very instant of the limit counts as arrived. A
 * condition on score or profile that already holds is met at once.
 *
 * Compiles to `{ kind: 'waitFor', args: { condition, upToMs, since? } }`, outcomes `yes` and `no`.
 *
 * @example
 * waitFor(MeetingBooked, { upTo: days(5), no: [exit()] }).key // => 'for:meeting-booked'
 */
export function waitFor<C, Y extends AnyStep = never, N extends AnyStep = never>(
  trigger: Condition<C>,
  options: WaitForOptions<Y, N>,
): Step<C & NeedsOf<Y | N>>;
export function waitFor(
  trigger: Condition<never>,
): Mistake<'waitFor needs to know how long at most: waitFor(trigger, { upTo: days(5) }).'>;
export function waitFor(
  trigger: Condition<never>,
  options: Partial<WaitForOptions<AnyStep, AnyStep>> = {},
): AnyStep | Mistake<string> {
  const { upTo, since, yes = [], no = [] } = options;
  const args: WaitForArgs = {
    condition: trigger.condition,
    // Refused when it is compiled: JavaScript lets it pass.
    upToMs: upTo?.ms ?? Number.NaN,
    ...(since === undefined ? {} : { since }),
  };
  const key = `for:${labelCondition(trigger.condition)}`;
  return withId({ kind: 'waitFor', args, key, branches: { yes, no } }, options);
}

const since = (args: WaitForArgs, c: Situation): number => {
  const { since: began, sinceEntry } = c.listens;
  if (args.since === undefined) return began;
  return args.since === 'entry' ? sinceEntry : (c.marks[args.since] ?? began);
};

export const waitForKind = defineStep<WaitForArgs>({
  kind: 'waitFor',
  outcomes: () => ['yes', 'no'],
  conditions: ({ condition }) => [condition],
  check: ({ upToMs }) =>
    upToMs > 0 && upToMs <= 2 * 366 * DAY_MS
      ? []
      : [invalid('upTo of more than 0 and at most two years', upToMs, 'Use when() to ask once.')],
  label: ({ condition, upToMs }) => `wait for ${labelCondition(condition)}, ${printSpan(upToMs)}`,
  refersTo: (args) => (args.since === 'entry' ? undefined : args.since),
  trigger: (args, c) => ({ condition: args.condition, since: since(args, c) }),
  enter: ({ upToMs }, c) => ({ wait: c.at + upToMs }),
  on: {
    met: () => ({ out: 'yes' }),
    // The limit has come, but news of the last instants may still be on its way: the store knows.
    woke: (args, c) => ({
      request: {
        type: 'decide',
        questions: [
          { condition: args.condition, since: since(args, c), upTo: c.since + args.upToMs },
        ],
      },
    }),
    answered: (_, __, answer) => outYesOrNo(answer),
  },
});
