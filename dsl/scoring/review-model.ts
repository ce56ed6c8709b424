/** Advice on a scoring model that works but could be better. */
import type { ScoringModel } from './scoring-model.ts';

/** Past these, indicators mostly repeat one another. */
const USUAL_INDICATORS = 15;
const MOST_INDICATORS = 25;

/**
 * Sentences for the author; none where there is nothing to say.
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
