/** `when(condition, { yes, no })` and `ifScoreAbove`: two ways on, decided once. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import type { ConditionPlan } from '../plan.ts';
import { score } from '../score.ts';
import { defineStep, type Step } from '../step.ts';
import { type StepOptions, withId } from './step-options.ts';

export type WhenArgs = { readonly condition: ConditionPlan };

export interface WhenWays<B> extends StepOptions {
  readonly yes?: readonly Step<B>[];
  readonly no?: readonly Step<B>[];
}

/** Before any event that counts: a branch asks about the whole history. */
const EVER = -1;

/**
 * Asks once, at the instant the step is reached; a bare event means "ever until now".
 *
 * Compiles to `{ kind: 'when', args: { condition } }`, outcomes `yes` and `no`. Without steps behind
 * an outcome people go on after it.
 *
 * @example
 * when(score.above(70), { yes: [exit()] }).key // => 'if:score>70'
 */
export const when = <C, B = unknown>(condition: Condition<C>, ways: WhenWays<B>): Step<C & B> =>
  withId(
    {
      kind: 'when',
      args: { condition: condition.condition },
      key: `if:${labelCondition(condition.condition)}`,
      branches: { yes: ways.yes ?? [], no: ways.no ?? [] },
      ...(condition.checks === undefined ? {} : { uses: { checks: condition.checks } }),
    },
    ways,
  );

/**
 * The short form of `when(score.above(points), …)`.
 *
 * @example
 * ifScoreAbove(70, { yes: [exit()] }).key // => 'if:score>70'
 */
export const ifScoreAbove = <B = unknown>(points: number, ways: WhenWays<B>): Step<B> =>
  when(score.above(points), ways);

export const whenKind = defineStep<WhenArgs>({
  kind: 'when',
  outcomes: () => ['yes', 'no'],
  conditions: ({ condition }) => [condition],
  label: ({ condition }) => `if ${labelCondition(condition)}`,
  enter: ({ condition }) => ({
    call: { type: 'decide', questions: [{ condition, since: EVER }] },
  }),
  on: {
    answered: (_, __, answer) => ({
      out: answer.type === 'decide' && answer.verdicts[0]?.holds === true ? 'yes' : 'no',
    }),
  },
});
