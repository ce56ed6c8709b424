/** What each rule on events of a model has gathered: an event is looked at once, and only by rules that it meets. */
import type { Behaviour } from '../behaviour.ts';
import type { Instant } from '../plan.ts';
import { type Gathered, type RuleSum, ruleSum } from './rule-sum.ts';
import { rulesMet } from './rules-met.ts';
import type { ScoreTerm } from './score-term.ts';
import type { BehaviourRule, ScoringModel } from './scoring-model.ts';

/** By the rules on events of a model, in its order. */
export type GatheredByRule = readonly (Gathered | null)[];

export interface ModelSums {
  /** One more event, each once; in whatever order. */
  readonly add: (behaviour: Behaviour) => void;
  readonly term: (rule: BehaviourRule) => ScoreTerm;
  /** What was gathered up to an instant, that one included. */
  readonly gatheredBy: (at: Instant) => GatheredByRule;
}

/** @param start what was gathered of events that are not added; all of these are later. */
export function modelSums(model: ScoringModel, start: GatheredByRule = []): ModelSums {
  const rules = behaviourRulesOf(model);
  const sums = new Map(rules.map((rule, i) => [rule, ruleSum(rule, start[i])]));
  const sumOf = (rule: BehaviourRule): RuleSum => {
    const found = sums.get(rule);
    if (found !== undefined) return found;
    throw new Error(`Rule "${rule.name}": expected one of the model's. [unknown-rule]`);
  };
  return {
    add(behaviour) {
      for (const rule of rulesMet(model, behaviour)) sumOf(rule).add(behaviour.at);
    },
    term: (rule) => sumOf(rule).term,
    gatheredBy: (at) => rules.map((rule) => sumOf(rule).gatheredBy(at)),
  };
}

export const behaviourRulesOf = ({ rules }: ScoringModel): readonly BehaviourRule[] =>
  rules.filter((rule) => 'on' in rule);
