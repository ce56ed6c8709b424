/** `score.above(70)` excludes 70; `score.below(40)` excludes 40. Points decay, so time alone can change the verdict. */
import type { ConditionKind, Facts, Verdict } from '../condition.ts';
import type { Instant } from '../plan.ts';

export type ScoreLevelPlan = {
  readonly kind: 'score';
  readonly above?: number;
  readonly below?: number;
};

/** Further than any half-life that matters: a score that has not crossed by then is taken to stay. */
const HORIZON_MS = 3 * 366 * 86_400_000;

export const scoreLevel: ConditionKind<ScoreLevelPlan> = {
  kind: 'score',
  holds: (plan, facts): Verdict => {
    const holds = isAt(plan, facts.score(facts.at));
    const changesAt = firstChange(plan, facts, holds);
    return changesAt === undefined ? { holds } : { holds, changesAt };
  },
  relevance: (_, happening) => (happening.score === true ? 'ask' : 'no'),
  isState: () => true,
  listens: () => ({ score: true }),
  label: (plan) => (plan.above === undefined ? `score<${plan.below}` : `score>${plan.above}`),
  check: ({ above, below }) =>
    Number.isFinite(above ?? below)
      ? []
      : [
          {
            expected: 'a finite number of points',
            received: String(above ?? below),
            fix: 'Name the threshold.',
            code: 'invalid-argument',
          },
        ],
};

const isAt = (plan: ScoreLevelPlan, score: number): boolean =>
  (plan.above === undefined || score > plan.above) &&
  (plan.below === undefined || score < plan.below);

/**
 * The instant at which decay alone turns the verdict, to the second. Between two events a score is a
 * sum of decays: it is sampled by growing steps, then the change is bisected.
 */
function firstChange(plan: ScoreLevelPlan, facts: Facts, now: boolean): Instant | undefined {
  let before = facts.at;
  for (let step = 3_600_000; before < facts.at + HORIZON_MS; step *= 1.25) {
    const after = Math.round(before + step);
    if (isAt(plan, facts.score(after)) !== now) return bisect(before, after, plan, facts, now);
    before = after;
  }
  return undefined;
}

function bisect(
  from: Instant,
  to: Instant,
  plan: ScoreLevelPlan,
  facts: Facts,
  now: boolean,
): Instant {
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2);
    if (isAt(plan, facts.score(middle)) === now) low = middle;
    else high = middle;
  }
  return high;
}
