/** One line of a benchmark's result: ours beside something else measured in the same run, and the goal it is held to. */

export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** What stands beside it, and what it took. */
  readonly other?: { readonly name: string; readonly value: number };
  readonly goal?: Goal;
}

export interface Goal {
  /** Which number is held to it: `ours`, or ours divided by the other. */
  readonly of: 'ours' | 'ratio';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Ours divided by the other; undefined where nothing stands beside it. */
export const ratioOf = ({ ours, other }: Figure): number | undefined =>
  other === undefined ? undefined : ours / other.value;

/** Undefined where no goal is set. */
export function isMet(figure: Figure): boolean | undefined {
  const { goal, ours } = figure;
  if (goal === undefined) return undefined;
  const value = goal.of === 'ours' ? ours : (ratioOf(figure) ?? Number.NaN);
  return value <= (goal.atMost ?? Infinity) && value >= (goal.atLeast ?? -Infinity);
}
