/** `setStage(stage)`: where the person stands in the lifecycle. */
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type SetStageArgs = { readonly stage: string };

export type SetStageEffect = { readonly effect: 'setStage' } & SetStageArgs;

/**
 * Sets the lead's stage (`mql`, `sql`, `customer`, `recycled`, `disqualified` or the firm's own),
 * here and in the CRM.
 *
 * Compiles to `{ kind: 'setStage', args: { stage } }`.
 *
 * @example
 * setStage('mql').key // => 'stage:mql'
 */
export const setStage = (stage: string, options?: StepOptions): Step =>
  withId({ kind: 'setStage', args: { stage }, key: `stage:${stage}` }, options);

export const setStageKind = defineStep<SetStageArgs, SetStageEffect>({
  kind: 'setStage',
  check: ({ stage }) =>
    stage.trim() === '' ? [invalid('a stage', stage, 'Name it: mql, sql, customer…')] : [],
  label: ({ stage }) => `stage ${stage}`,
  ...effectHandlers<SetStageArgs, SetStageEffect>((args) => ({ effect: 'setStage', ...args })),
});
