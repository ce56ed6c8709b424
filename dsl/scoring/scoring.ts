/** `scoring({ … })`: a scoring model from its rules. Everything wrong with it is said at once. */
import { printProblem, type Problem } from '../problem.ts';
import type { Points } from './points.ts';
import { findScoringProblems } from './review-model.ts';
import type { ScoringModel, ScoringRule } from './scoring-model.ts';

/** A scoring model that cannot be used, with every reason. */
class ScoringDefinitionError extends Error {
  override readonly name = 'ScoringDefinitionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(['The scoring model cannot be used:', ...problems.map(printProblem)].join('\n  '));
    this.problems = problems;
  }
}

interface ScoringDefinition {
  /** Who they are, against the buyer persona. */
  readonly fit?: readonly Points[];
  /** What they did; loses value with time. */
  readonly engagement?: readonly Points[];
  /** How badly they need it. */
  readonly pain?: readonly Points[];
  /** Lowest total of each grade; `rest` for the one below all others. */
  readonly grades?: { readonly [grade: string]: number | 'rest' };
}

/**
 * Declares how leads are scored.
 *
 * @throws ScoringDefinitionError with every mistake in the model.
 * @example
 * const model = scoring({
 *   fit: [points(20, { while: Lead.is({ role: 'manager' }) })],
 *   engagement: [points(15, { on: PricingViewed, halfLife: days(30), atMost: 45 })],
 *   grades: { A: 100, B: 75, C: 50, D: 'rest' },
 * });
 * model.grades[0] // => { grade: 'A', from: 100 }
 */
export function scoring(definition: ScoringDefinition): ScoringModel {
  const { fit = [], engagement = [], pain = [], grades = {} } = definition;
  const rules = Object.entries({ fit, engagement, pain }).flatMap(([dimension, list]) =>
    list.map((rule): ScoringRule => ({ ...rule, dimension })),
  );
  const model: ScoringModel = {
    rules,
    grades: Object.entries(grades)
      .map(([grade, from]) => ({ grade, from: from === 'rest' ? null : from }))
      .sort((a, b) => (b.from ?? -Infinity) - (a.from ?? -Infinity)),
  };
  const problems = findScoringProblems(model);
  if (problems.length > 0) throw new ScoringDefinitionError(problems);
  return model;
}
