/** A past to which events are added one by one, and facts as it then stands: an event costs the same whatever came before it. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { NamedEvent } from '../../dsl/conditions/named-event.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { modelSums } from '../../dsl/scoring/model-sums.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import { type KnownFacts, scoredFacts } from './facts.ts';
import { type Checkpoint, latestOf } from './past.ts';

export interface GrowingPast {
  /** Each event once; what was made by a machine only lets time pass. */
  readonly add: (behaviour: Behaviour) => void;
  /** As of the latest event or of an instant, whichever is later; good until the next event is added. */
  readonly facts: (profile: JsonObject, at: Instant) => KnownFacts;
}

/** @param meant the events of conditions that these facts are for; those of `start`, in its order. */
export function growingPast(
  model: ScoringModel | undefined,
  meant: readonly NamedEvent[],
  start: Checkpoint | null,
): GrowingPast {
  const sums = model && modelSums(model, start?.gathered);
  const latest = latestOf(meant, start?.latest);
  let until = start?.upTo ?? -Infinity;
  return {
    add(behaviour) {
      until = Math.max(until, behaviour.at);
      sums?.add(behaviour);
      latest.add(behaviour);
    },
    facts(profile, at) {
      const behaviour = latest.list().filter((each) => each !== null);
      const known = { at: Math.max(until, at), profile, behaviour: distinct(behaviour) };
      return scoredFacts(model, known, (of) => sums ?? modelSums(of));
    },
  };
}

const distinct = (behaviour: readonly Behaviour[]): readonly Behaviour[] =>
  [...new Set(behaviour)].sort((a, b) => a.at - b.at);
