/** Facts about people as of an instant: what conditions, gates and scores are decided on. */
import type { Behaviour } from '../../dsl/behaviour.ts';
import type { Facts } from '../../dsl/condition.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { type ModelSums, modelSums } from '../../dsl/scoring/model-sums.ts';
import { NO_SCORE } from '../../dsl/scoring/no-score.ts';
import { type PreparedLead, prepareSummed } from '../../dsl/scoring/score-lead.ts';
import type { Score, ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import type { Past } from './past.ts';

/** Facts of somebody whom the store knows. */
export interface KnownFacts extends Facts {
  /** The score at an instant with its reasons; undefined where nothing is scored. */
  readonly scored: (at: Instant) => Score | undefined;
}

/** @param at not before what the past was asked from. */
export function factsOf(
  model: ScoringModel | undefined,
  profile: JsonObject,
  { start, rows }: Past,
  at: Instant,
): KnownFacts {
  const counted = rows.filter((row) => row.at <= at && !row.suspectedBot);
  const before = (start?.latest ?? []).filter((each) => each !== null);
  const behaviour = [...before.toSorted((a, b) => a.at - b.at), ...counted];
  return scoredFacts(model, { at, profile, behaviour }, (of) => {
    const sums = modelSums(of, start?.gathered);
    for (const row of counted) sums.add(row);
    return sums;
  });
}

/** Scores are worked out when somebody asks for one. */
export function scoredFacts(
  model: ScoringModel | undefined,
  known: { at: Instant; profile: JsonObject; behaviour: readonly Behaviour[] },
  sumsOf: (model: ScoringModel) => ModelSums,
): KnownFacts {
  if (model === undefined) return { ...known, ...NO_SCORE, scored: () => undefined };
  let prepared: PreparedLead | undefined;
  const lead = () => (prepared ??= prepareSummed(model, { ...known, sums: sumsOf(model) }));
  return {
    ...known,
    score: (then) => lead().score(then).total,
    scoreParts: (then) => lead().parts(then),
    scored: (then) => lead().score(then),
  };
}
