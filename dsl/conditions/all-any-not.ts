/** `all`, `any`, `not`: conditions made of conditions. */
import type { CompositeKind, Condition, NeedsOfAll, Relevance } from '../condition.ts';
import type { ConditionPlan } from '../plan.ts';
import { type LocalProblem, localProblem } from '../problem.ts';

type CompositePlan = { readonly kind: string; readonly of: readonly ConditionPlan[] };

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

const notEmpty =
  (what: string, why: string) =>
  ({ of }: CompositePlan): readonly LocalProblem[] =>
    of.length > 0 ? [] : [localProblem(`${what} of at least one condition`, 'none', why)];

/** One part alone does not decide. */
const askUnlessNo = (parts: readonly Relevance[]): Relevance =>
  parts.some((part) => part !== 'no') ? 'ask' : 'no';

export const allHold: CompositeKind<CompositePlan> = {
  kind: 'all',
  of: ({ of }) => of,
  holds: (parts) => parts.every(Boolean),
  relevance: askUnlessNo,
  isState: (parts) => parts.every(Boolean),
  label: (parts) => parts.join('&'),
  check: notEmpty('all()', 'It would always hold.'),
};

export const anyHolds: CompositeKind<CompositePlan> = {
  kind: 'any',
  of: ({ of }) => of,
  holds: (parts) => parts.some(Boolean),
  relevance: (parts) => (parts.includes('met') ? 'met' : askUnlessNo(parts)),
  isState: (parts) => parts.some(Boolean),
  label: (parts) => parts.join('|'),
  check: notEmpty('any()', 'It would never hold.'),
};

export const notHolds: CompositeKind<CompositePlan> = {
  kind: 'not',
  of: ({ of }) => of,
  holds: (parts) => !parts.some(Boolean),
  relevance: askUnlessNo,
  isState: () => true,
  label: (parts) => `!${parts.join('|')}`,
};
