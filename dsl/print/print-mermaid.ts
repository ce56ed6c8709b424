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
    ...Object.values(plan.scopes).flatMap(({ condition, met }, i) => [
      `  u${i}{{${quote(`until ${labelCondition(condition)}`)}}} -. met .-> ${name(met)}`,
    ]),
    ...blocks(plan, name),
    '  finish([end])',
  ].join('\n');
}

/** A block's trigger stands beside its steps. */
const blocks = (plan: Plan, name: (id: string) => string): string[] =>
  Object.keys(plan.scopes).flatMap((scope, i) => [
    `  subgraph b${i} [ ]`,
    `    u${i}`,
    ...Object.entries(plan.nodes)
      .filter(([, node]) => node.scopes.at(-1) === scope)
      .map(([id]) => `    ${name(id)}`),
    '  end',
  ]);

const shape = (node: PlanNode): string =>
  Object.keys(node.next).length > 1 ? `{${quote(labelStep(node))}}` : `[${quote(labelStep(node))}]`;

function arrows(from: string, node: PlanNode, name: (id: string | null) => string): string[] {
  const outcomes = Object.entries(node.next);
  return outcomes.map(([outcome, to]) =>
    outcomes.length === 1 ? `  ${from} --> ${name(to)}` : `  ${from} -- ${outcome} --> ${name(to)}`,
  );
}

const quote = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
