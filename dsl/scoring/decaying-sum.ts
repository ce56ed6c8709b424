/**
 * Points that halve every half-life, summed in closed form: what had gathered at each event is kept, so
 * the sum at any instant costs one power, however many events there were.
 */
import type { Instant } from '../plan.ts';

export interface DecayingSum {
  /** Instants must not go back. */
  add(at: Instant, points: number): void;
  /** The sum at an instant and how many had been added by then. */
  read(at: Instant): { readonly points: number; readonly count: number };
}

export function decayingSum(halfLifeMs: number | null): DecayingSum {
  const instants: Instant[] = [];
  const sums: number[] = [];
  const decay = (ms: number): number => (halfLifeMs === null ? 1 : 2 ** (-ms / halfLifeMs));
  return {
    add(at, points) {
      const last = instants.length - 1;
      const before = sums[last] ?? 0;
      sums.push(before * decay(at - (instants[last] ?? at)) + points);
      instants.push(at);
    },
    read(at) {
      let last = instants.length - 1;
      while (last >= 0 && (instants[last] ?? 0) > at) last -= 1;
      const since = instants[last];
      if (since === undefined) return { points: 0, count: 0 };
      return { points: (sums[last] ?? 0) * decay(at - since), count: last + 1 };
    },
  };
}
