/** Every mistake in a scoring model that its types cannot see, all at once. */
import { isState, leavesOf, listensTo, ownCodeIn } from '../conditions/index.ts';
import type { LocalProblem, Problem } from '../problem.ts';
import type { BehaviourRule, ScoringModel, ScoringRule, StateRule } from './scoring-model.ts';

export function findScoringProblems(model: ScoringModel): readonly Problem[] {
  return [
    ...model.rules.flatMap((rule, i) =>
      ofRule(rule, model.rules.slice(0, i)).map((problem) => ({
        where: `${rule.dimension} › ${rule.name}`,
        ...problem,
      })),
    ),
    ...ofGrades(model.grades),
  ];
}

function ofRule(rule: ScoringRule, before: readonly ScoringRule[]): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (!Number.isFinite(rule.points) || rule.points === 0) {
    problems.push(invalid('points other than 0', rule.points, 'Drop the rule if it gives none.'));
  }
  if (before.some(({ name }) => name === rule.name)) {
    problems.push({
      ...invalid('a name of its own', rule.name, 'Two rules have it: give one a `name`.'),
      code: 'duplicate-id',
    });
  }
  return [...problems, ...('on' in rule ? ofBehaviour(rule) : ofState(rule))];
}

function ofBehaviour(rule: BehaviourRule): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (leavesOf(rule.on).some(isState)) {
    problems.push(
      invalid('`on` to be made of events', rule.name, 'Use `while` for what is so for a time.'),
    );
  }
  for (const [what, value] of [
    ['halfLife', rule.halfLifeMs ?? undefined],
    ['atMost', rule.atMost],
    ['atMostPerDay', rule.atMostPerDay],
  ] as const) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
      problems.push(invalid(`${what} of more than 0`, value, 'Leave it out for no limit.'));
    }
  }
  return problems;
}

function ofState(rule: StateRule): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (listensTo([rule.while]).score) {
    problems.push(invalid('no condition on the score itself', rule.name, 'Use `grades` instead.'));
  }
  if (ownCodeIn(rule.while).length > 0) {
    problems.push(
      invalid('no own check', rule.name, 'A score is computed without asking the world.'),
    );
  }
  return problems;
}

function ofGrades(grades: ScoringModel['grades']): readonly Problem[] {
  return grades.flatMap(({ grade, from }, i) =>
    i > 0 && grades[i - 1]?.from === from
      ? [
          {
            where: `grades › ${grade}`,
            ...invalid(
              'a lowest total of its own',
              from ?? 'rest',
              `It is that of ${grades[i - 1]?.grade} too.`,
            ),
          },
        ]
      : [],
  );
}

const invalid = (expected: string, received: string | number, fix: string): LocalProblem => ({
  expected,
  received: String(received),
  fix,
  code: 'invalid-argument',
});
