/** What is wrong with a scoring model, all at once, and what works but could be better. */
import {
  checkCondition,
  holdsBy,
  isState,
  leavesOf,
  listensTo,
  ownCodeIn,
} from '../conditions/index.ts';
import { type LocalProblem, localProblem, type Problem } from '../problem.ts';
import type { BehaviourRule, ScoringModel, ScoringRule, StateRule } from './scoring-model.ts';

/** Past these, indicators mostly repeat one another. */
const USUAL_INDICATORS = 15;
const MOST_INDICATORS = 25;

/**
 * Advice for the author, in sentences; none where there is nothing to say.
 *
 * @example
 * reviewModel({ rules: [], grades: [] }) // => []
 */
export function reviewModel({ rules }: ScoringModel): string[] {
  const count = rules.length;
  if (count > MOST_INDICATORS) {
    return [
      `Scoring: expected at most ${MOST_INDICATORS} indicators, received ${count}. Nobody can explain such a score: drop those that tell nothing new. [too-many-indicators]`,
    ];
  }
  if (count > USUAL_INDICATORS) {
    return [
      `Scoring: expected 10 to ${USUAL_INDICATORS} indicators, received ${count}. Look for some that always come together. [many-indicators]`,
    ];
  }
  return [];
}

/** Every mistake that the model's types cannot see. */
export function findScoringProblems({ rules, grades }: ScoringModel): readonly Problem[] {
  const ofRules = rules.flatMap((rule, i) =>
    ruleProblems(rule, rules.slice(0, i)).map((problem) => ({
      where: `${rule.dimension} › ${rule.name}`,
      ...problem,
    })),
  );
  return [...ofRules, ...gradeProblems(grades)];
}

function ruleProblems(rule: ScoringRule, before: readonly ScoringRule[]): readonly LocalProblem[] {
  const { name, points } = rule;
  const problems: LocalProblem[] = [];
  if (!Number.isFinite(points) || points === 0) {
    problems.push(localProblem('points other than 0', points, 'Drop the rule if it gives none.'));
  }
  if (before.some((other) => other.name === name)) {
    const fix = 'Two rules have it: give one a `name`.';
    problems.push(localProblem('a name of its own', name, fix, 'duplicate-id'));
  }
  problems.push(...checkCondition('on' in rule ? rule.on : rule.while));
  return [...problems, ...('on' in rule ? behaviourProblems(rule) : stateProblems(rule))];
}

function behaviourProblems(rule: BehaviourRule): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (leavesOf(rule.on).some(isState)) {
    const fix = 'Use `while` for what is so for a time.';
    problems.push(localProblem('`on` to be made of events', rule.name, fix));
  }
  const { events } = listensTo([rule.on]);
  const idle = events.filter(
    (event) =>
      !holdsBy(rule.on, (part) => ({ holds: listensTo([part]).events.includes(event) })).holds,
  );
  if (idle.length > 0) {
    const fix = 'One event is never another: use `any`, or `while` with `happened`.';
    problems.push(localProblem('an event that can meet `on` by itself', rule.name, fix));
  }
  const { halfLifeMs: halfLife, atMost, atMostPerDay } = rule;
  for (const [what, value] of Object.entries({ halfLife, atMost, atMostPerDay })) {
    const isLimit = value !== undefined && value !== null;
    if (isLimit && !(Number.isFinite(value) && value > 0)) {
      problems.push(localProblem(`${what} of more than 0`, value, 'Leave it out for no limit.'));
    }
  }
  return problems;
}

function stateProblems({ name, while: state }: StateRule): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (listensTo([state]).score) {
    problems.push(localProblem('no condition on the score itself', name, 'Use `grades` instead.'));
  }
  if (ownCodeIn(state).length > 0) {
    const fix = 'A score is computed without asking the world.';
    problems.push(localProblem('no own check', name, fix));
  }
  return problems;
}

function gradeProblems(grades: ScoringModel['grades']): readonly Problem[] {
  return grades.flatMap(({ grade, from }, i) => {
    const better = grades[i - 1];
    if (better === undefined || better.from !== from) return [];
    const fix = `It is that of ${better.grade} too.`;
    const problem = localProblem('a lowest total of its own', from ?? 'rest', fix);
    return [{ where: `grades › ${grade}`, ...problem }];
  });
}
