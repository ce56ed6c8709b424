/** A plan as text: what an author reads in a terminal and a reviewer in a pull request. */
import { labelCondition } from '../conditions/index.ts';
import { DAY_MS } from '../duration.ts';
import type { ConditionPlan, Plan, PlanNode } from '../plan.ts';
import { labelStep } from '../steps/index.ts';

/** One line a step, in the order of the graph, with its id, its words and where each outcome leads. */
export function printText(plan: Plan): string {
  return [
    `${plan.id} ${plan.hash}`,
    ...rulesOf(plan).map((rule) => `  ${rule}`),
    ...inOrder(plan).map(([id, node]) => `  ${id}: ${labelStep(node)}${ways(node)}${within(node)}`),
  ].join('\n');
}

/** Steps from the start on, each before what it leads to where that is possible. */
export function inOrder(plan: Plan): readonly (readonly [string, PlanNode])[] {
  const order: (readonly [string, PlanNode])[] = [];
  const seen = new Set<string>();
  const visit = (id: string | null): void => {
    const node = id === null ? undefined : plan.nodes[id];
    if (id === null || node === undefined || seen.has(id)) return;
    seen.add(id);
    for (const next of Object.values(node.next).toReversed()) visit(next);
    order.push([id, node]);
  };
  visit(plan.start);
  return order.toReversed();
}

/** Who enters, who leaves early, and when messages may leave: `enter: trial started`. */
export function rulesOf({
  rules: { enter, goal, exit, reenter, sendWindow, inFlight },
}: Plan): readonly string[] {
  const condition = (name: string, plan: ConditionPlan | undefined) =>
    plan === undefined ? [] : [`${name}: ${labelCondition(plan)}`];
  const window =
    sendWindow && `${sendWindow.from}–${sendWindow.to} on days ${sendWindow.days.join(' ')}`;
  return [
    ...condition('enter', enter),
    `reenter: ${reenter.policy === 'after' ? `after ${reenter.ms / DAY_MS}d` : reenter.policy}`,
    ...condition('goal', goal),
    ...condition('exit', exit),
    ...(window === undefined ? [] : [`sendWindow: ${window}`]),
    `inFlight: ${inFlight}`,
  ];
}

function ways({ next }: PlanNode): string {
  const outcomes = Object.entries(next);
  const [only] = outcomes;
  if (outcomes.length === 1 && only !== undefined) return ` → ${only[1] ?? 'end'}`;
  return outcomes.map(([outcome, to]) => `\n    ${outcome} → ${to ?? 'end'}`).join('');
}

const within = ({ scopes }: PlanNode): string =>
  scopes.length === 0 ? '' : `  [${scopes.join(' › ')}]`;
