/** Behaviour in one order, each event once, machine-made ones left out: the same whatever came in how often. */
import type { Behaviour } from '../behaviour.ts';

/** Ids are unique within a source; rows of the store name it. */
export type ScoredBehaviour = Behaviour & { readonly source?: string };

export function orderBehaviour(behaviour: readonly ScoredBehaviour[]): readonly ScoredBehaviour[] {
  const ordered = behaviour
    .filter(({ suspectedBot }) => suspectedBot !== true)
    .sort((a, b) => a.at - b.at || compare(keyOf(a), keyOf(b)));
  const seen = new Set<string>();
  return ordered.filter((each) => {
    const key = keyOf(each);
    return !seen.has(key) && seen.add(key);
  });
}

const keyOf = ({ source, id }: ScoredBehaviour): string => `${source ?? ''} ${id}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
