/** What each kind of effect brings: whether the gate is before it, and what it writes when it may happen. */
import type { Effect, EffectAnswer } from '../../dsl/effect.ts';
import type { Instant, Plan } from '../../dsl/plan.ts';
import type { EnrolmentStatus, Person } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { Run } from '../../engine/run.ts';
import type { GateSubject } from '../gate/gate.ts';
import type { World } from '../world.ts';

/** One effect for one person. */
export interface EffectItem<E extends Effect> {
  readonly effect: E;
  readonly run: Run;
  readonly plan: Plan;
  readonly at: Instant;
  readonly person: Person;
  /** The cohort (workflow id) that the run lives in. */
  readonly cohort: string;
  /** What the store says of the run. */
  readonly status: EnrolmentStatus;
  /** Unique per run and step: `journey/lead/run/step`. */
  readonly key: string;
}

export type Performed = Extract<EffectAnswer, { verdict: 'done' | 'skip' }>;

export interface EffectKind<E extends Effect> {
  readonly effect: E['effect'];
  /** Set where the effect is a touch of the person and must pass the gate. */
  readonly gate?: (effect: E) => GateSubject;
  /** The story's words for it, where they differ from the step's label. */
  readonly what?: (effect: E) => string;
  /** Writes what the effects need, set-based, in the caller's transaction; answers in order. */
  readonly perform: (
    world: World,
    tx: Transaction,
    items: readonly EffectItem<E>[],
  ) => Promise<readonly Performed[]>;
}

export const DONE: Performed = { verdict: 'done' };
