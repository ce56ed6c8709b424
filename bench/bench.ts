/** What a benchmark is: what it says about itself, and figures. */
export interface Bench {
  readonly about: string;
  readonly run: () => Promise<readonly Figure[]>;
}

/** One line of a result: ours beside something else measured in the same run, and the goal it is held to. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** What stands beside it, and what it took. */
  readonly other?: { readonly name: string; readonly value: number };
  readonly goal?: Goal;
  /** Default: as the goal has it; less where there is none. */
  readonly better?: 'more' | 'less';
  /** Where it was measured several times by turns: every value. */
  readonly rounds?: { readonly ours: readonly number[]; readonly other: readonly number[] };
  /** Ours is worse than the other by more than a tenth. */
  readonly worse?: boolean;
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
