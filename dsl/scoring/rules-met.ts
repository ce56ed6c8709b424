/** Which rules an event meets, and whether it can have changed a score. */
import type { Behaviour } from '../behaviour.ts';
import type { Facts } from '../condition.ts';
import { holds, listensTo } from '../conditions/index.ts';
import type { ConditionPlan, Listens } from '../plan.ts';
import { NO_SCORE } from './no-score.ts';
import type { BehaviourRule, ScoringModel } from './scoring-model.ts';

/** What a model's rules listen to. */
interface Heard {
  readonly byEvent: ReadonlyMap<string, readonly BehaviourRule[]>;
  readonly states: Listens;
}

/** Models are constants: what each listens to is found once. */
const heardByModel = new WeakMap<ScoringModel, Heard>();

/** The rules that an event meets by itself, before caps and decay; none for behaviour that a machine made. */
export function rulesMet(model: ScoringModel, behaviour: Behaviour): readonly BehaviourRule[] {
  if (behaviour.suspectedBot === true) return [];
  const rules = heardBy(model).byEvent.get(behaviour.name);
  if (rules === undefined) return [];
  const { at } = behaviour;
  const facts: Facts = { at, profile: {}, behaviour: [behaviour], ...NO_SCORE };
  return rules.filter((rule) => holds(rule.on, facts, at - 1).holds);
}

/**
 * Whether something that happened can have changed a score: all else need not be scored at all.
 *
 * @param profile true where it changed the lead's profile.
 */
export function touchesScore(model: ScoringModel, behaviour: Behaviour, profile: boolean): boolean {
  const { states } = heardBy(model);
  if (profile && states.profile) return true;
  if (behaviour.suspectedBot === true) return false;
  return states.events.includes(behaviour.name) || rulesMet(model, behaviour).length > 0;
}

function heardBy(model: ScoringModel): Heard {
  const known = heardByModel.get(model);
  if (known !== undefined) return known;
  const byEvent = new Map<string, BehaviourRule[]>();
  const states: ConditionPlan[] = [];
  for (const rule of model.rules) {
    if ('while' in rule) {
      states.push(rule.while);
      continue;
    }
    for (const name of listensTo([rule.on]).events) {
      byEvent.set(name, [...(byEvent.get(name) ?? []), rule]);
    }
  }
  const heard = { byEvent, states: listensTo(states) };
  heardByModel.set(model, heard);
  return heard;
}
