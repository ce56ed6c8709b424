/** `score.above(70)` excludes 70; `score.below(40)` excludes 40. Points decay, so time alone can change the verdict. */
import type { Condition, ConditionKind, Verdict } from '../condition.ts';
import { localProblem } from '../problem.ts';
import { firstTurn } from '../scoring/first-turn.ts';

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

export const scoreLevel: ConditionKind<ScoreLevelPlan> = {
  kind: 'score',
  holds: (plan, facts): Verdict => {
    const holds = isAt(plan, facts.score(facts.at));
    const changesAt = firstTurn((points) => isAt(plan, points), facts);
    return changesAt === undefined ? { holds } : { holds, changesAt };
  },
  holdsNow: (plan, facts) => isAt(plan, facts.score(facts.at)),
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
