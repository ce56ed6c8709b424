/** Conditions decided by what is known of a person. Pure. */
import { holds, looksAt } from '../../dsl/conditions/index.ts';
import type { Facts } from '../../dsl/condition.ts';
import type { Answer } from '../../dsl/step.ts';
import type { Asked } from '../../engine/asked.ts';

/** @param checks the answers of own code, by name. */
export function decide(
  { request, at }: Pick<Asked, 'request' | 'at'>,
  known: Facts,
  checks: NonNullable<Facts['checks']> = {},
): Extract<Answer, { type: 'decide' }> {
  const asked = (request.type === 'decide' ? request.questions : []).map(
    ({ condition, since, upTo = at }) => {
      const facts = { ...known, at: Math.min(at, upTo), checks };
      return { verdict: holds(condition, facts, since), looked: looksAt(condition, facts, since) };
    },
  );
  return {
    type: 'decide',
    verdicts: asked.map(({ verdict }) => verdict),
    looked: Object.assign({}, ...asked.map(({ looked }) => looked)),
  };
}
