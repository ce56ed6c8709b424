/** The scoring model as plain data: rules that give points, up and down, by dimension. */
import type { ConditionPlan, Instant } from '../plan.ts';

export interface ScoringModel {
  readonly rules: readonly ScoringRule[];
  /** Best first. `from` is the lowest total of the grade; null: whatever is below the others. */
  readonly grades: readonly { readonly grade: string; readonly from: number | null }[];
}

export type ScoringRule = BehaviourRule | StateRule;

interface AnyRule {
  /** Unique in the model: it names the rule in reasons and in the score ledger. */
  readonly name: string;
  readonly dimension: string;
  readonly points: number;
}

/** Points at each occurrence of an event, halved every half-life. */
export interface BehaviourRule extends AnyRule {
  /** Made of events alone: whether one of them gives points depends on nothing else. */
  readonly on: ConditionPlan;
  /** Milliseconds; null: the points stay. */
  readonly halfLifeMs: number | null;
  /** At most this many points (by size) from the rule at any instant, after decay. */
  readonly atMost?: number;
  /** At most this many new points (by size) within one UTC day, so that a lead's move changes no score. */
  readonly atMostPerDay?: number;
}

/** Points for as long as a condition holds: who they are, or what they have not done for a while. */
export interface StateRule extends AnyRule {
  readonly while: ConditionPlan;
}

/** A score with its reasons, as of `at`. */
export interface Score {
  readonly total: number;
  readonly dimensions: { readonly [dimension: string]: number };
  readonly grade: string | null;
  /** One line per rule that gave points, most points (by size) first. */
  readonly because: readonly ScoreReason[];
  readonly at: Instant;
}

/**
 * The score as time alone changes it: from the instant on, `gains` only fall and `losses` (not more than 0)
 * only rise, both towards 0, until some state turns at `until`.
 */
export interface ScoreParts {
  readonly gains: number;
  readonly losses: number;
  /** Infinity where none does. */
  readonly until: Instant;
}

export interface ScoreReason {
  readonly rule: string;
  readonly dimension: string;
  readonly points: number;
  /** How many events gave points; 1 for a state. */
  readonly count: number;
}
