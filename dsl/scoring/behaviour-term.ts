/** What a rule on events gives at an instant: decayed, within its caps. */
import type { Behaviour } from '../behaviour.ts';
import { decayingSum } from './decaying-sum.ts';
import type { BehaviourRule, ScoreTerm } from './scoring-model.ts';

const DAY_MS = 86_400_000;

/** @param met the events that meet the rule, in order of time, each once. */
export function behaviourTerm(rule: BehaviourRule, met: readonly Behaviour[]): ScoreTerm {
  const sum = decayingSum(rule.halfLifeMs);
  let day = Number.NaN;
  let left = Infinity;
  for (const each of met) {
    const today = Math.floor(each.at / DAY_MS);
    if (today !== day) {
      day = today;
      left = rule.atMostPerDay ?? Infinity;
    }
    // Caps go by size: a rule that takes points is held to them as well.
    const size = Math.min(Math.abs(rule.points), left);
    if (size === 0) continue;
    left -= size;
    sum.add(each.at, Math.sign(rule.points) * size);
  }
  const limit = rule.atMost ?? Infinity;
  return (at) => {
    const { points, count } = sum.read(at);
    return { points: Math.max(-limit, Math.min(limit, points)), count };
  };
}
