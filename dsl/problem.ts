/** Mistakes in a definition are data: all collected, printed in one place, thrown once. */

export interface Problem {
  /** Where in the journey: `step 2 if:score>70 › yes › wait:0d`. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string;
  readonly code: ProblemCode;
}

type ProblemCode =
  | 'invalid-argument'
  | 'invalid-id'
  | 'duplicate-id'
  | 'duplicate-template'
  | 'empty-journey'
  | 'unreachable-step'
  | 'not-a-trigger'
  | 'unknown-step'
  | 'unknown-journey'
  | 'unknown-colleague'
  | 'unknown-topic';

/** A problem before its place is known. */
export type LocalProblem = Omit<Problem, 'where'>;

/** A problem whose `received` is said in words. */
export const localProblem = (
  expected: string,
  received: string | number,
  fix: string,
  code: ProblemCode = 'invalid-argument',
): LocalProblem => ({ expected, received: String(received), fix, code });

/** A problem with a value: texts are printed in quotes. */
export const invalid = (
  expected: string,
  received: unknown,
  fix: string,
  code?: ProblemCode,
): LocalProblem => {
  const printed = typeof received === 'number' ? received : JSON.stringify(received);
  return localProblem(expected, printed, fix, code);
};

export const printProblem = (problem: Problem): string =>
  `${problem.where}: expected ${problem.expected}, received ${problem.received}. ${problem.fix} [${problem.code}]`;

/** A journey that cannot be compiled, with every reason. */
export class JourneyDefinitionError extends Error {
  override readonly name = 'JourneyDefinitionError';
  readonly journey: string;
  readonly problems: readonly Problem[];

  constructor(journey: string, problems: readonly Problem[]) {
    const title = `Journey ${JSON.stringify(journey)} cannot be compiled:`;
    super([title, ...problems.map(printProblem)].join('\n  '));
    this.journey = journey;
    this.problems = problems;
  }
}

declare const mistake: unique symbol;

/** A type that no value fits: what an author reads where it stands is its sentence. */
export interface Mistake<Sentence extends string> {
  readonly [mistake]: Sentence;
}
