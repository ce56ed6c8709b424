/** What each kind of effect brings: whether it touches the person, and what it writes when it may happen. */
import type { Instant, JsonObject, Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import type { AnyEffect, EffectAnswer } from '../dsl/step.ts';
import type { Effect } from '../dsl/steps/index.ts';
import type { Run } from '../engine/run.ts';
import type { Transaction } from '../store/store.ts';
import type { Person } from '../store/tables/index.ts';
import type { Context } from './context.ts';
import type { KnownFacts } from './past/facts.ts';

/** One effect for one person. */
export interface EffectItem<E extends AnyEffect = AnyEffect> {
  readonly effect: E;
  readonly run: Run;
  readonly plan: Plan;
  readonly at: Instant;
  readonly person: Person;
  /** What is known of the person, as of `at`. */
  readonly facts: KnownFacts;
  /** The cohort (workflow id) that the run lives in. */
  readonly cohort: string;
  /** Unique per run and step: `journey/lead/run/step`. */
  readonly key: string;
}

export type Performed = Extract<EffectAnswer, { verdict: 'done' | 'skip' }>;

export interface EffectKind<E extends AnyEffect = AnyEffect> {
  /** What the gate asks before it, where the person is touched; null: they are not. */
  readonly touch: Touch<E> | null;
  /** The story's words for it, where they differ from the step's label. */
  readonly what?: (effect: E) => string;
  /** Writes what the effects need, set-based, in the caller's transaction; answers in order. */
  readonly perform: (
    context: Context,
    tx: Transaction,
    items: readonly EffectItem<E>[],
  ) => Promise<readonly Performed[]>;
}

/** What the gate needs to know of a channel. */
export interface Touch<E extends AnyEffect> {
  /** Suppressions and frequency caps are by channel. */
  readonly channel: string;
  /** Marketing is capped; a topic needs consent. */
  readonly message: (effect: E) => MessageClass;
  /** Where the person is reached. */
  readonly addressOf: (profile: JsonObject) => string | undefined;
  /** The reason where nowhere: `no phone`. */
  readonly noAddress: string;
  /** What the person lacks that the message cannot do without. */
  readonly lacks?: (effect: E, of: Reader, project: Project) => string | undefined;
}

/** Whom a message is for, and in which journey. */
export interface Reader {
  readonly profile: JsonObject;
  readonly journey: string;
}

export interface MessageClass {
  readonly class: 'marketing' | 'transactional';
  readonly topic: string | null;
}

/** Everything that steps may ask for is done by somebody. */
export type EffectTable = {
  readonly [E in Effect['effect']]: EffectKind<Extract<Effect, { readonly effect: E }>>;
};

export const DONE: Performed = { verdict: 'done' };

/** A field of the profile as an address. */
export function addressIn(profile: JsonObject, field: string): string | undefined {
  const address = profile[field];
  return typeof address === 'string' && address.trim() !== '' ? address.trim() : undefined;
}
