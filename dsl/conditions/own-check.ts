/** `check(name, run)`: a condition from the author's own code. Runs as an activity, so only a branch may ask it. */
import type { Condition, ConditionKind, OwnCheck } from '../condition.ts';
import type { Instant } from '../plan.ts';

type OwnCheckPlan = { readonly kind: 'check'; readonly name: string };

/**
 * Asks the author's own code. Compiles to `{ kind: 'check', name }`; `run` is found by its name in the
 * worker's config, so it may change while people are under way.
 *
 * @param name unique in the project.
 */
export function check<L>(
  name: string,
  run: (input: { lead: L; at: Instant }) => boolean | Promise<boolean>,
): Condition<L> {
  // The host calls `run` with the lead of a journey whose type was checked against L.
  const own: OwnCheck = { name, run: run as OwnCheck['run'] };
  return { condition: { kind: 'check', name }, checks: [own] };
}

export const ownCheck: ConditionKind<OwnCheckPlan> = {
  kind: 'check',
  holds: (plan, facts) => ({ holds: facts.checks?.[plan.name] === true }),
  relevance: () => 'no',
  isState: true,
  label: (plan) => plan.name,
  looksAt: (plan, { checks }) => ({ [plan.name]: checks?.[plan.name] === true }),
  ownCode: (plan) => plan.name,
};
