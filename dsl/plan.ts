/**
 * The plan: what a journey compiles to, and the wire format between git, store, worker and running
 * histories. Plain JSON; kinds are never renamed and `args` only grow, with defaults.
 */

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Milliseconds since 1970-01-01T00:00Z. Every instant in a plan, a run or the store is one of these. */
export type Instant = number;

export type StepId = string;

/** One compiled journey. `hash` is the SHA-256 (first 16 hex digits) of everything else in it. */
export interface Plan {
  readonly format: 1;
  readonly id: string;
  readonly hash: string;
  readonly rules: PlanRules;
  readonly start: StepId | null;
  readonly nodes: { readonly [id: StepId]: PlanNode };
  /** What can move a person of this journey; the store signals nothing else to its cohorts. */
  readonly listens: Listens;
  /** Steps whose beginning some later step refers to. */
  readonly marks: readonly StepId[];
}

export interface PlanNode {
  readonly kind: string;
  readonly args: JsonObject;
  /** The ways out: outcome → next step, or null where the journey ends. */
  readonly next: { readonly [outcome: string]: StepId | null };
  /** The blocks (steps such as `until`) that this step stands in, outermost first. */
  readonly scopes: readonly StepId[];
}

export interface PlanRules {
  readonly enter?: ConditionPlan;
  readonly reenter: ReenterPlan;
  readonly goal?: ConditionPlan;
  readonly exit?: ConditionPlan;
  readonly sendWindow?: WindowPlan;
  readonly inFlight: 'pin' | 'adopt' | 'drain';
}

export type ReenterPlan =
  | { readonly policy: 'never' }
  | { readonly policy: 'always' }
  | { readonly policy: 'after'; readonly ms: number };

/** Open on `days` (1 Monday … 7 Sunday) between two wall-clock times; `to` before `from` crosses midnight. */
export interface WindowPlan {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** Event names are normalised (`normaliseName`). */
export interface Listens {
  readonly events: readonly string[];
  readonly score: boolean;
  readonly profile: boolean;
}

/** How one value is tested: equal to one of some, or within numeric bounds (both inclusive). */
export type TestPlan =
  { readonly oneOf: readonly Json[] } | { readonly atLeast?: number; readonly atMost?: number };

/** A condition as data: `kind` names its file in `dsl/conditions`, the rest belongs to that kind. */
export type ConditionPlan = { readonly kind: string } & JsonObject;
