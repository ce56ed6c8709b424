/** One person in one journey, as a small JSON value: all that the interpreter knows, storable at any point. */
import type { Instant, Json, StepId } from '../dsl/plan.ts';

export interface Run {
  /** Opaque; unique for all time. */
  readonly id: string;
  /** Opaque id of the person. */
  readonly lead: string;
  /** Hash of the plan that the run follows. */
  readonly plan: string;
  readonly zone: string;
  readonly entered: Instant;
  readonly step: StepId;
  /** When the step began. */
  readonly since: Instant;
  /** What the step put aside. */
  readonly phase?: Json;
  /** When the step wants to be woken. */
  readonly wakeAt?: Instant;
  /** When the `until` blocks around the step began. */
  readonly scopes: { readonly [scope: string]: Instant };
  /** When marked steps began. */
  readonly marks: { readonly [step: StepId]: Instant };
  /** When time alone may change a trigger's verdict, by trigger. */
  readonly rechecks: { readonly [trigger: string]: Instant };
  /** Calls made so far: numbers their keys. */
  readonly calls: number;
  /** The question that the run waits to have answered. */
  readonly pending?: Pending;
}

/** Why a run ended. */
export type End = 'completed' | 'goal' | 'exit' | 'merged';

export type Pending =
  | { readonly of: 'step' }
  | {
      readonly of: 'triggers';
      /** The triggers asked about, first one wins. */
      readonly triggers: readonly string[];
      /** What to do if none is met: begin the step, wake it, or stay as it was. */
      readonly otherwise: 'begin' | 'wake' | 'stay';
    };
