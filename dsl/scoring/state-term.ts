/** What a rule on a state gives at an instant. A verdict is kept for as long as it is known to stand. */
import type { Behaviour } from '../behaviour.ts';
import { holds } from '../conditions/index.ts';
import type { Instant, JsonObject } from '../plan.ts';
import type { ScoreTerm, StateRule } from './scoring-model.ts';

const NONE = { points: 0, count: 0 } as const;

/** @param behaviour in order of time, each event once. */
export function stateTerm(
  rule: StateRule,
  profile: JsonObject,
  behaviour: readonly Behaviour[],
): ScoreTerm {
  const given = { points: rule.points, count: 1 };
  let known = { from: Infinity, until: -Infinity, holds: false };

  function ask(at: Instant): typeof known {
    const later = behaviour.findIndex((each) => each.at > at);
    const facts = {
      at,
      profile,
      behaviour: later === -1 ? behaviour : behaviour.slice(0, later),
      // The score cannot be asked about itself; `scoring` refuses rules that would.
      score: () => 0,
    };
    const verdict = holds(rule.while, facts, -Infinity);
    const nextEvent = behaviour[later]?.at ?? Infinity;
    const until = Math.min(verdict.changesAt ?? Infinity, nextEvent);
    return { from: at, until, holds: verdict.holds };
  }

  return (at) => {
    if (at < known.from || at >= known.until) known = ask(at);
    return known.holds ? given : NONE;
  };
}
