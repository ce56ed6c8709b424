/** Facts about the score of whoever has none. */
import type { Facts } from '../condition.ts';

const NOTHING = { gains: 0, losses: 0, until: Infinity } as const;

export const NO_SCORE: Pick<Facts, 'score' | 'scoreParts'> = {
  score: () => 0,
  scoreParts: () => NOTHING,
};
