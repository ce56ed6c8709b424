/** `Lead.is({ … })`: who the lead is, as its profile stands at the instant of asking. */
import type { Condition, ConditionKind } from '../condition.ts';
import type { JsonObject } from '../plan.ts';
import { checkTests, labelTests, passes, planTests, type Tests, type Where } from './test-value.ts';

type LeadIsPlan = { readonly kind: 'lead'; readonly where: Tests };

export const leadWith = <L>(where: Where<L>): Condition<L> => ({
  condition: { kind: 'lead', where: planTests(where) },
});

export const leadIs: ConditionKind<LeadIsPlan> = {
  kind: 'lead',
  holds: (plan, facts) => ({ holds: passes(facts.profile, plan.where) }),
  relevance: (_, happening) => (happening.profile === true ? 'ask' : 'no'),
  isState: true,
  listens: () => ({ profile: true }),
  label: (plan) => labelTests(plan.where),
  check: ({ where }) => checkTests(where),
  looksAt: ({ where }, { profile }): JsonObject =>
    Object.fromEntries(Object.keys(where).map((field) => [field, profile[field] ?? null])),
};
