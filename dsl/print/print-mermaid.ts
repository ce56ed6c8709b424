/** A plan as a Mermaid flowchart: GitHub and most wikis draw it. */
import { labelCondition } from '../conditions/index.ts';
import type { Plan, PlanNode } from '../plan.ts';
import { labelStep } from '../steps/index.ts';
import { inOrder } from './print-text.ts';

export function printMermaid(plan: Plan): string {
  const order = inOrder(plan);
  const names = new Map(order.map(([id], i) => [id, `s${i}`]));
  const name = (id: string | null): string =>
    id === null ? 'finish' : (names.get(id) ?? 'finish');
  const enter = plan.rules.enter === undefined ? plan.id : labelCondition(plan.rules.enter);
  return [
    'flowchart TD',
    `  enter([${quote(enter)}]) --> ${name(plan.start)}`,
    ...order.map(([id, node]) => `  ${name(id)}${shape(node)}`),
    ...order.flatMap(([id, node]) => arrows(name(id), node, name)),
    ...blocks(plan, name),
    '  finish([end])',
  ].join('\n');
}

/** A frame around the steps of each block, and around the step that stands for it. */
function blocks(plan: Plan, name: (id: string) => string): string[] {
  const nodes = Object.entries(plan.nodes);
  const ids = [...new Set(nodes.flatMap(([, { scopes }]) => scopes.at(-1) ?? []))];
  return ids.flatMap((block, i) => [
    `  subgraph b${i} [ ]`,
    `    ${name(block)}`,
    ...nodes.filter(([, { scopes }]) => scopes.at(-1) === block).map(([id]) => `    ${name(id)}`),
    '  end',
  ]);
}

const shape = (node: PlanNode): string =>
  Object.keys(node.next).length > 1 ? `{${quote(labelStep(node))}}` : `[${quote(labelStep(node))}]`;

function arrows(from: string, node: PlanNode, name: (id: string | null) => string): string[] {
  const outcomes = Object.entries(node.next);
  return outcomes.map(([outcome, to]) =>
    outcomes.length === 1 ? `  ${from} --> ${name(to)}` : `  ${from} -- ${outcome} --> ${name(to)}`,
  );
}

const quote = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
