/**
 * The points that one rule on events has gathered: they halve every half-life and are summed in closed form, so an
 * instant costs one power however many events there were, and an event that comes last costs one more. What was
 * gathered up to an instant is plain data: whoever keeps it goes on from there, to the very same numbers.
 */
import { DAY_MS } from '../duration.ts';
import type { Instant } from '../plan.ts';
import type { BehaviourRule } from './scoring-model.ts';
import { type Given, NONE, type ScoreTerm } from './score-term.ts';

/** What a rule has gathered of all its events up to some instant. */
export interface Gathered {
  /** When the last of them gave points. */
  readonly at: Instant;
  /** The sum at that instant. */
  readonly points: number;
  /** How many gave points. */
  readonly count: number;
  /** The day (UTC, counted from 1970) of the last event, and the points (by size) that are left of it; null: no limit. */
  readonly day: number;
  readonly left: number | null;
}

export interface RuleSum {
  /** One more event that the rule is met by. It costs as much as there are events after it. */
  readonly add: (at: Instant) => void;
  /** What the rule gives, within its cap; not before the instant that the sum began with. */
  readonly term: ScoreTerm;
  /** What was gathered of events up to an instant, that one included; null where there were none. */
  readonly gatheredBy: (at: Instant) => Gathered | null;
}

/** @param start what was gathered of events that are not added: none of those that are is as early. */
export function ruleSum(rule: BehaviourRule, start: Gathered | null = null): RuleSum {
  const limit = rule.atMost ?? Infinity;
  const ats: Instant[] = [];
  const sums: (Gathered | null)[] = [];

  function gatheredBy(at: Instant): Gathered | null {
    let index = ats.length - 1;
    while (index >= 0 && (ats[index] ?? 0) > at) index -= 1;
    return sums[index] ?? start;
  }

  return {
    add(at) {
      let index = ats.length;
      while (index > 0 && (ats[index - 1] ?? 0) > at) index -= 1;
      ats.splice(index, 0, at);
      for (let i = index; i < ats.length; i += 1)
        sums[i] = withEvent(rule, sums[i - 1] ?? start, ats[i] ?? at);
    },
    term(at): Given {
      const sum = gatheredBy(at);
      if (sum === null) return NONE;
      const points = sum.points * decay(rule, at - sum.at);
      return { points: Math.max(-limit, Math.min(limit, points)), count: sum.count };
    },
    gatheredBy,
  };
}

/** One event later, within the cap of its day. */
function withEvent(rule: BehaviourRule, before: Gathered | null, at: Instant): Gathered | null {
  const day = Math.floor(at / DAY_MS);
  const left = before?.day === day ? before.left : (rule.atMostPerDay ?? null);
  // Caps go by size: a rule that takes points is held to them as well.
  const size = Math.min(Math.abs(rule.points), left ?? Infinity);
  if (size === 0) return before;
  const points = before === null ? 0 : before.points * decay(rule, at - before.at);
  return {
    at,
    points: points + Math.sign(rule.points) * size,
    count: (before?.count ?? 0) + 1,
    day,
    left: left === null ? null : left - size,
  };
}

const decay = ({ halfLifeMs }: BehaviourRule, ms: number): number =>
  halfLifeMs === null ? 1 : 2 ** (-ms / halfLifeMs);
