/** What one rule gives at an instant; of a rule on a state: points for as long as something is so. */
import type { Behaviour } from '../behaviour.ts';
import { holds } from '../conditions/index.ts';
import type { Instant, JsonObject } from '../plan.ts';
import { NO_SCORE } from './no-score.ts';
import type { StateRule } from './scoring-model.ts';

/** What a rule gives at an instant; from then on its points only come closer to 0, as long as nothing happens. */
export interface Given {
  readonly points: number;
  /** How many events gave points; 1 for a state. */
  readonly count: number;
  /** When a state turns by itself. */
  readonly changesAt?: Instant;
}

export type ScoreTerm = (at: Instant) => Given;

export const NONE: Given = { points: 0, count: 0 };

/**
 * For a rule on a state. A verdict is kept for as long as it is known to last.
 *
 * @param behaviour in order of time, each event once.
 */
export function stateTerm(
  rule: StateRule,
  profile: JsonObject,
  behaviour: readonly Behaviour[],
): ScoreTerm {
  let known = { from: Infinity, until: -Infinity, given: NONE };

  function ask(at: Instant): typeof known {
    const later = behaviour.findIndex((each) => each.at > at);
    const facts = {
      at,
      profile,
      behaviour: later === -1 ? behaviour : behaviour.slice(0, later),
      // The score cannot be asked about itself; `scoring` refuses rules that would.
      ...NO_SCORE,
    };
    const verdict = holds(rule.while, facts, -Infinity);
    const nextEvent = behaviour[later]?.at ?? Infinity;
    const until = Math.min(verdict.changesAt ?? Infinity, nextEvent);
    const given = verdict.holds ? { points: rule.points, count: 1 } : NONE;
    return { from: at, until, given: until === Infinity ? given : { ...given, changesAt: until } };
  }

  return (at) => {
    if (at < known.from || at >= known.until) known = ask(at);
    return known.given;
  };
}
