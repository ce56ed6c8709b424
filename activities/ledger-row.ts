/** Rows of the ledger: one for each answer, each thing done, each way taken. */
import type { Plan, StepId } from '../dsl/plan.ts';
import { labelStep } from '../dsl/steps/index.ts';
import type { Decision } from '../store/tables/index.ts';

type Said = 'key' | 'run' | 'journey' | 'person' | 'plan' | 'step' | 'at' | 'what' | 'verdict';

/** What a row does not say is null. */
export const ledgerRow = (row: Pick<Decision, Said | 'gitSha'> & Partial<Decision>): Decision => ({
  outcome: null,
  reason: null,
  until: null,
  looked: null,
  answer: null,
  ...row,
});

/** The step in the story's words; its id where the plan is not at hand. */
export function labelIn(plan: Plan | undefined, step: StepId): string {
  const node = plan?.nodes[step];
  return node === undefined ? step : labelStep(node);
}
