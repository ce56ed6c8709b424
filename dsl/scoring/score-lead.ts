/**
 * A lead's score as a function of time: behaviour is read once, then any instant is cheap, so that the
 * crossing of a threshold can be searched for. Pure; order and repetition of events change nothing.
 */
import type { Behaviour } from '../behaviour.ts';
import type { Instant, JsonObject } from '../plan.ts';
import { round } from './round-points.ts';
import { type ModelSums, modelSums } from './model-sums.ts';
import { stateTerm } from './score-term.ts';
import type { Score, ScoreParts, ScoreReason, ScoringModel } from './scoring-model.ts';

/** Ids are unique within a source; rows of the store name it. */
type ScoredBehaviour = Behaviour & { readonly source?: string };

interface ScoredLead {
  readonly profile: JsonObject;
  readonly behaviour: readonly ScoredBehaviour[];
}

/** A lead whose events were looked at before. */
interface SummedLead {
  readonly profile: JsonObject;
  /** What states look at: of events that one of them means the latest suffices. In order of time. */
  readonly behaviour: readonly Behaviour[];
  readonly sums: ModelSums;
}

export interface PreparedLead {
  readonly score: (at: Instant) => Score;
  readonly parts: (at: Instant) => ScoreParts;
}

/**
 * Prepares a lead for being scored at many instants.
 *
 * @example
 * const score = prepareScore(model, { profile: { role: 'manager' }, behaviour: [] });
 * score(Date.UTC(2026, 2, 2)).total // => 20
 */
export function prepareScore(model: ScoringModel, lead: ScoredLead): (at: Instant) => Score {
  const behaviour = orderBehaviour(lead.behaviour);
  const sums = modelSums(model);
  for (const each of behaviour) sums.add(each);
  return prepareSummed(model, { profile: lead.profile, behaviour, sums }).score;
}

/** As `prepareScore`, with what a crossing is searched by, of events that were looked at before; for instants that these sums can answer for. */
export function prepareSummed(
  model: ScoringModel,
  { profile, behaviour, sums }: SummedLead,
): PreparedLead {
  const terms = model.rules.map((rule) => ({
    rule,
    term: 'on' in rule ? sums.term(rule) : stateTerm(rule, profile, behaviour),
  }));
  function score(at: Instant): Score {
    const because: ScoreReason[] = [];
    const dimensions: Record<string, number> = {};
    let total = 0;
    for (const { rule, term } of terms) {
      const given = term(at);
      const points = round(given.points);
      dimensions[rule.dimension] = round((dimensions[rule.dimension] ?? 0) + points);
      if (points === 0) continue;
      total += points;
      because.push({ rule: rule.name, dimension: rule.dimension, points, count: given.count });
    }
    total = round(total);
    because.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
    return { total, dimensions, grade: gradeOf(model, total), because, at };
  }

  function parts(at: Instant): ScoreParts {
    let [gains, losses, until] = [0, 0, Infinity];
    for (const { term } of terms) {
      const { points, changesAt = Infinity } = term(at);
      if (points > 0) gains += round(points);
      else losses += round(points);
      until = Math.min(until, changesAt);
    }
    return { gains, losses, until };
  }

  return { score, parts };
}

/**
 * Scores a lead by what was known at `at`. For many instants of the same lead use `prepareScore`.
 *
 * @example
 * const viewed = { id: 'e1', name: 'pricing viewed', at: Date.UTC(2026, 2, 2), properties: {} };
 * scoreLead(model, { profile: {}, behaviour: [viewed] }, Date.UTC(2026, 3, 1)).because
 * // => [{ rule: 'pricing-viewed', dimension: 'engagement', points: 7.5, count: 1 }]
 */
export const scoreLead = (model: ScoringModel, lead: ScoredLead, at: Instant): Score =>
  prepareScore(model, lead)(at);

/** In one order, each event once, machine-made ones left out: the same whatever came in how often. */
function orderBehaviour(behaviour: readonly ScoredBehaviour[]): readonly ScoredBehaviour[] {
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

const gradeOf = ({ grades }: ScoringModel, total: number): string | null =>
  grades.find(({ from }) => from === null || total >= from)?.grade ?? null;
