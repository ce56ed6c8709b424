/** What every step takes besides its own arguments, and the words for an argument that does not fit. */
import type { LocalProblem } from '../problem.ts';
import type { AnyStep } from '../step.ts';

export interface StepOptions {
  /** A stable id of the author's own choice; people under way refer to it. */
  readonly id?: string;
}

export const withId = <S extends AnyStep>(step: S, options: StepOptions | undefined): S =>
  options?.id === undefined ? step : { ...step, id: options.id };

export const outOfRange = (expected: string, received: unknown, fix: string): LocalProblem => ({
  expected,
  received: typeof received === 'number' ? String(received) : JSON.stringify(received),
  fix,
  code: 'invalid-argument',
});
