/** What one rule gives at an instant: points that decay, or points for as long as something is so. */
import type { Behaviour } from '../behaviour.ts';
import { holds } from '../conditions/index.ts';
import { DAY_MS } from '../duration.ts';
import type { Instant, JsonObject } from '../plan.ts';
import { NO_SCORE } from './no-score.ts';
import type { BehaviourRule, StateRule } from './scoring-model.ts';

/** What a rule gives at an instant; from then on its points only come closer to 0, as long as nothing happens. */
export interface Given {
  readonly points: number;
  /** How many events gave points; 1 for a state. */
  readonly count: number;
  /** When a state turns by itself. */
  readonly changesAt?: Instant;
}

export type ScoreTerm = (at: Instant) => Given;

interface PointsAt {
  readonly at: Instant;
  readonly points: number;
}

const NONE = { points: 0, count: 0 } as const;

/**
 * For a rule on events: decayed, within its caps.
 *
 * @param met the events that meet the rule, in order of time, each once.
 */
export function behaviourTerm(rule: BehaviourRule, met: readonly Behaviour[]): ScoreTerm {
  const sum = decayingSum(rule.halfLifeMs, pointsOfEach(rule, met));
  const limit = rule.atMost ?? Infinity;
  return (at) => {
    const { points, count } = sum(at);
    return { points: Math.max(-limit, Math.min(limit, points)), count };
  };
}

/** What each event gives, within the cap of its day. */
function pointsOfEach(rule: BehaviourRule, met: readonly Behaviour[]): readonly PointsAt[] {
  const given: PointsAt[] = [];
  let day = Number.NaN;
  let left = Infinity;
  for (const { at } of met) {
    const today = Math.floor(at / DAY_MS);
    if (today !== day) {
      day = today;
      left = rule.atMostPerDay ?? Infinity;
    }
    // Caps go by size: a rule that takes points is held to them as well.
    const size = Math.min(Math.abs(rule.points), left);
    if (size === 0) continue;
    left -= size;
    given.push({ at, points: Math.sign(rule.points) * size });
  }
  return given;
}

/**
 * Points that halve every half-life, summed in closed form: what had gathered at each event is kept, so
 * the sum at any instant costs one power, however many events there were.
 */
function decayingSum(halfLifeMs: number | null, given: readonly PointsAt[]): ScoreTerm {
  const decay = (ms: number): number => (halfLifeMs === null ? 1 : 2 ** (-ms / halfLifeMs));
  const sums: PointsAt[] = [];
  for (const { at, points } of given) {
    const last = sums.at(-1);
    const before = last === undefined ? 0 : last.points * decay(at - last.at);
    sums.push({ at, points: before + points });
  }
  return (at) => {
    const index = sums.findLastIndex((sum) => sum.at <= at);
    const last = sums[index];
    if (last === undefined) return NONE;
    return { points: last.points * decay(at - last.at), count: index + 1 };
  };
}

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
  let known = { from: Infinity, until: -Infinity, given: NONE as Given };

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
