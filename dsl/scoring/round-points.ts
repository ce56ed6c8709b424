/** Points are exact to a millionth: sums of decays must not cross a threshold by a rounding error. */
const ROUND = 1_000_000;

export const round = (points: number): number => Math.round(points * ROUND) / ROUND + 0;
