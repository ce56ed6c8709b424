/** `score.above(70)` excludes 70; `score.below(40)` excludes 40. Points decay, so time alone can change the verdict. */
import { bisect } from '../calendar/bisect.ts';
import type { Condition, ConditionKind, Facts, Verdict } from '../condition.ts';
import { DAY_MS, HOUR_MS } from '../duration.ts';
import type { Instant } from '../plan.ts';
import { localProblem } from '../problem.ts';

export const score = {
  /**
   * The score is more than `points`: "above 70" excludes 70.
   *
   * @example
   * score.above(70).condition // => { kind: 'score', above: 70 }
   */
  above: (points: number): Condition => ({ condition: { kind: 'score', above: points } }),
  /** The score is less than `points`. Decay alone can make it true; it then triggers at that instant. */
  below: (points: number): Condition => ({ condition: { kind: 'score', below: points } }),
} as const;

type ScoreLevelPlan = {
  readonly kind: 'score';
  readonly above?: number;
  readonly below?: number;
};

/** Further than any half-life that matters: a score that has not crossed by then is taken to stay. */
const HORIZON_MS = 3 * 366 * DAY_MS;

export const scoreLevel: ConditionKind<ScoreLevelPlan> = {
  kind: 'score',
  holds: (plan, facts): Verdict => {
    const holds = isAt(plan, facts.score(facts.at));
    const changesAt = firstChange(plan, facts, holds);
    return changesAt === undefined ? { holds } : { holds, changesAt };
  },
  relevance: (_, happening) => (happening.score === true ? 'ask' : 'no'),
  isState: true,
  listens: () => ({ score: true }),
  label: (plan) => (plan.above === undefined ? `score<${plan.below}` : `score>${plan.above}`),
  check: ({ above, below }) =>
    Number.isFinite(above ?? below)
      ? []
      : [localProblem('a finite number of points', String(above ?? below), 'Name the threshold.')],
  looksAt: (_, facts) => ({ score: facts.score(facts.at) }),
};

const isAt = (plan: ScoreLevelPlan, points: number): boolean =>
  (plan.above === undefined || points > plan.above) &&
  (plan.below === undefined || points < plan.below);

/**
 * The instant at which decay alone turns the verdict. Between two events a score is a sum of decays: it
 * is sampled by growing steps, then the change is bisected.
 */
function firstChange(plan: ScoreLevelPlan, facts: Facts, now: boolean): Instant | undefined {
  let before = facts.at;
  for (let step = HOUR_MS; before < facts.at + HORIZON_MS; step *= 1.25) {
    const after = Math.round(before + step);
    const isTurned = (at: Instant): boolean => isAt(plan, facts.score(at)) !== now;
    if (isTurned(after)) return bisect(before, after, isTurned);
    before = after;
  }
  return undefined;
}
