/** Conditions on the lead's score. */
import type { Condition } from './condition.ts';

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
