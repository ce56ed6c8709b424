import { printProblem, type Problem } from '../problem.ts';

/** A scoring model that cannot be used, with every reason. */
export class ScoringDefinitionError extends Error {
  override readonly name = 'ScoringDefinitionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(['The scoring model cannot be used:', ...problems.map(printProblem)].join('\n  '));
    this.problems = problems;
  }
}
