/** What somebody did, as far as conditions and the scoring model look: a start in a few numbers, and all that came after it. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import { isMeant, type NamedEvent } from '../../dsl/conditions/named-event.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { GatheredByRule } from '../../dsl/scoring/model-sums.ts';
import type { EventRow } from '../../store/tables/index.ts';

export interface Past {
  /** Null: nothing came before the rows. */
  readonly start: Checkpoint | null;
  /** In order of time. */
  readonly rows: readonly EventRow[];
}

/** All that somebody did up to an instant, that one included. */
export interface Checkpoint {
  readonly upTo: Instant;
  readonly gathered: GatheredByRule;
  /** Of each event that a condition means, the latest: all that conditions look at. */
  readonly latest: readonly (Behaviour | null)[];
}

/** The latest of each of these events, as behaviour comes in whatever order. */
export function latestOf(
  meant: readonly NamedEvent[],
  start: readonly (Behaviour | null)[] = [],
): { add: (behaviour: Behaviour) => void; list: () => readonly (Behaviour | null)[] } {
  const latest = meant.map((_, i) => start[i] ?? null);
  const byName = new Map<string, number[]>();
  for (const [i, { name }] of meant.entries()) byName.set(name, [...(byName.get(name) ?? []), i]);
  return {
    add(behaviour) {
      if (behaviour.suspectedBot === true) return;
      for (const i of byName.get(behaviour.name) ?? []) {
        const [each, known] = [meant[i], latest[i]];
        if (each === undefined || !isMeant(each, behaviour)) continue;
        if (!known || behaviour.at >= known.at) latest[i] = behaviour;
      }
    },
    list: () => latest,
  };
}
