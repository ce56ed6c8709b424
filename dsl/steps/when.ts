/** `when(condition, { yes, no })` and `ifScoreAbove`: two ways on, decided once. */
import type { Condition } from '../condition.ts';
import { labelCondition } from '../conditions/index.ts';
import { score } from '../conditions/score-level.ts';
import type { ConditionPlan } from '../plan.ts';
import type { AnyStep, NeedsOf, Step } from '../step.ts';
import { defineStep, outYesOrNo, type StepOptions, withId } from './define-step.ts';

type WhenArgs = { readonly condition: ConditionPlan };

/** One of them at least; people go on after the step where an outcome has no steps. */
type YesOrNo<Y, N> = StepOptions &
  (
    | { readonly yes: readonly Y[]; readonly no?: readonly N[] }
    | { readonly no: readonly N[]; readonly yes?: undefined }
  );

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
export const when = <C, Y extends AnyStep = never, N extends AnyStep = never>(
  condition: Condition<C>,
  ways: YesOrNo<Y, N>,
): Step<C & NeedsOf<Y | N>> =>
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
export const ifScoreAbove = <Y extends AnyStep = never, N extends AnyStep = never>(
  points: number,
  ways: YesOrNo<Y, N>,
): Step<NeedsOf<Y | N>> => when(score.above(points), ways);

export const whenKind = defineStep<WhenArgs>({
  kind: 'when',
  outcomes: () => ['yes', 'no'],
  conditions: ({ condition }) => [condition],
  label: ({ condition }) => `if ${labelCondition(condition)}`,
  enter: ({ condition }) => ({
    request: { type: 'decide', questions: [{ condition, since: EVER }] },
  }),
  on: {
    answered: (_, __, answer) => outYesOrNo(answer),
  },
});
