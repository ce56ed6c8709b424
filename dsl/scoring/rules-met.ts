/** Which rules an event meets by itself: caps and decay depend on others and on time. */
import type { Behaviour } from '../behaviour.ts';
import { holds, listensTo } from '../conditions/index.ts';
import type { Facts } from '../condition.ts';
import type { BehaviourRule, ScoringModel } from './scoring-model.ts';

/** Models are constants: their rules by event name are found once. */
const rulesByEvent = new WeakMap<ScoringModel, ReadonlyMap<string, readonly BehaviourRule[]>>();

/** The rules that an event meets; none for behaviour that a machine made. */
export function rulesMet(model: ScoringModel, behaviour: Behaviour): readonly BehaviourRule[] {
  if (behaviour.suspectedBot === true) return [];
  const rules = eventRules(model).get(behaviour.name);
  if (rules === undefined) return [];
  const facts: Facts = {
    at: behaviour.at,
    profile: {},
    behaviour: [behaviour],
    score: () => 0,
  };
  return rules.filter((rule) => holds(rule.on, facts, behaviour.at - 1).holds);
}

function eventRules(model: ScoringModel): ReadonlyMap<string, readonly BehaviourRule[]> {
  const known = rulesByEvent.get(model);
  if (known !== undefined) return known;
  const found = new Map<string, BehaviourRule[]>();
  for (const rule of model.rules) {
    if (!('on' in rule)) continue;
    for (const name of listensTo([rule.on]).events) {
      found.set(name, [...(found.get(name) ?? []), rule]);
    }
  }
  rulesByEvent.set(model, found);
  return found;
}
