/** Mistakes in a definition are data: all collected, printed in one place, thrown once. */

export interface Problem {
  /** Where in the journey: `step 2 if:score>70 › yes › wait:0d`. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string;
  readonly code: ProblemCode;
}

export type ProblemCode =
  | 'invalid-argument'
  | 'invalid-id'
  | 'duplicate-id'
  | 'duplicate-template'
  | 'empty-journey'
  | 'unreachable-step'
  | 'not-a-trigger'
  | 'unknown-step'
  | 'unknown-template'
  | 'unknown-journey';

/** A problem before its place is known. */
export type LocalProblem = Omit<Problem, 'where'>;

export const printProblem = (problem: Problem): string =>
  `${problem.where}: expected ${problem.expected}, received ${problem.received}. ${problem.fix} [${problem.code}]`;

/** A journey that cannot be compiled, with every reason. */
export class JourneyDefinitionError extends Error {
  override readonly name = 'JourneyDefinitionError';
  readonly journey: string;
  readonly problems: readonly Problem[];

  constructor(journey: string, problems: readonly Problem[]) {
    super(
      [
        `Journey ${JSON.stringify(journey)} cannot be compiled:`,
        ...problems.map(printProblem),
      ].join('\n  '),
    );
    this.journey = journey;
    this.problems = problems;
  }
}
