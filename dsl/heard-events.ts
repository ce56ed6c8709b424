/** The events that a project hears: whatever else comes in changes nothing. */
import { normaliseName } from './behaviour.ts';
import { meantIn } from './conditions/index.ts';
import type { CultivoConfig } from './config.ts';
import type { ConditionPlan, Plan } from './plan.ts';
import { stepKind } from './steps/index.ts';
import * as system from './system-events.ts';

/** Analytics scripts send them whether anybody listens or not. */
const OF_EVERY_SITE = ['page viewed', 'screen viewed'];

/** Names as they are normalised. */
export function heardEvents(config: CultivoConfig, plans: Iterable<Plan>): ReadonlySet<string> {
  const all = [...plans];
  const conditions = [
    ...all.flatMap(conditionsIn),
    ...(config.scoring?.rules ?? []).map((rule) => ('on' in rule ? rule.on : rule.while)),
  ];
  return new Set([
    ...OF_EVERY_SITE,
    ...Object.values(system.systemEvents),
    ...(config.events ?? []).map(({ name }) => normaliseName(name)),
    ...all.flatMap(({ listens }) => listens.events),
    ...meantIn(conditions).map(({ name }) => name),
  ]);
}

const conditionsIn = ({ rules: { enter, goal, exit }, nodes }: Plan): readonly ConditionPlan[] => [
  ...[enter, goal, exit].filter((rule) => rule !== undefined),
  ...Object.values(nodes).flatMap(({ kind, args }) => stepKind(kind).conditions?.(args) ?? []),
];
