/** `all`, `any`, `not`: conditions made of conditions. */
import type { Condition, ConditionKind, NeedsOfAll, Verdict } from '../condition.ts';
import type { ConditionPlan, Instant } from '../plan.ts';
import type { LocalProblem } from '../problem.ts';
import { holds, isState, labelCondition, relevance } from './index.ts';

export type AllPlan = { readonly kind: 'all'; readonly of: readonly ConditionPlan[] };
export type AnyPlan = { readonly kind: 'any'; readonly of: readonly ConditionPlan[] };
export type NotPlan = { readonly kind: 'not'; readonly of: readonly ConditionPlan[] };

/** Holds while every one of them does. */
export const all = <C extends readonly Condition<never>[]>(
  ...conditions: C
): Condition<NeedsOfAll<C[number]>> => compose('all', conditions);

/** Holds while at least one of them does. */
export const any = <C extends readonly Condition<never>[]>(
  ...conditions: C
): Condition<NeedsOfAll<C[number]>> => compose('any', conditions);

/** Holds while the other does not. */
export const not = <L>(condition: Condition<L>): Condition<L> => compose('not', [condition]);

function compose<L>(kind: string, conditions: readonly Condition<never>[]): Condition<L> {
  const checks = conditions.flatMap((condition) => condition.checks ?? []);
  return {
    condition: { kind, of: conditions.map((each) => each.condition) },
    ...(checks.length > 0 ? { checks } : {}),
  };
}

const nothing = (what: string, why: string): LocalProblem => ({
  expected: `${what} of at least one condition`,
  received: 'none',
  fix: why,
  code: 'invalid-argument',
});

const earliest = (verdicts: readonly Verdict[]): Instant | undefined =>
  verdicts.reduce<Instant | undefined>(
    (first, { changesAt }) =>
      changesAt === undefined || (first !== undefined && first <= changesAt) ? first : changesAt,
    undefined,
  );

function verdict(holdsNow: boolean, parts: readonly Verdict[]): Verdict {
  const changesAt = earliest(parts);
  return changesAt === undefined ? { holds: holdsNow } : { holds: holdsNow, changesAt };
}

export const allHold: ConditionKind<AllPlan> = {
  kind: 'all',
  holds: (plan, facts, since) => {
    const parts = plan.of.map((each) => holds(each, facts, since));
    return verdict(
      parts.every((part) => part.holds),
      parts,
    );
  },
  relevance: (plan, happening, since) =>
    plan.of.some((each) => relevance(each, happening, since) !== 'no') ? 'ask' : 'no',
  isState: (plan) => plan.of.every(isState),
  listens: () => ({}),
  label: (plan) => plan.of.map(labelCondition).join('&'),
  check: ({ of }) => (of.length > 0 ? [] : [nothing('all()', 'It would always hold.')]),
  of: (plan) => plan.of,
};

export const anyHolds: ConditionKind<AnyPlan> = {
  kind: 'any',
  holds: (plan, facts, since) => {
    const parts = plan.of.map((each) => holds(each, facts, since));
    return verdict(
      parts.some((part) => part.holds),
      parts,
    );
  },
  relevance: (plan, happening, since) => {
    const parts = plan.of.map((each) => relevance(each, happening, since));
    if (parts.includes('met')) return 'met';
    return parts.includes('ask') ? 'ask' : 'no';
  },
  isState: (plan) => plan.of.some(isState),
  listens: () => ({}),
  label: (plan) => plan.of.map(labelCondition).join('|'),
  check: ({ of }) => (of.length > 0 ? [] : [nothing('any()', 'It would never hold.')]),
  of: (plan) => plan.of,
};

export const notHolds: ConditionKind<NotPlan> = {
  kind: 'not',
  holds: (plan, facts, since) => {
    const parts = plan.of.map((each) => holds(each, facts, since));
    return verdict(!parts.some((part) => part.holds), parts);
  },
  relevance: (plan, happening, since) =>
    plan.of.some((each) => relevance(each, happening, since) !== 'no') ? 'ask' : 'no',
  isState: () => true,
  listens: () => ({}),
  label: (plan) => `!${plan.of.map(labelCondition).join('|')}`,
  of: (plan) => plan.of,
};
