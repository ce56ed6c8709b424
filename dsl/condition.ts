/**
 * Conditions: typed nouns outside, plain data inside. `when`, `waitFor`, `until`, `enter`, `goal`,
 * `exit` and scoring rules all take the same values.
 */
import type { Behaviour } from './behaviour.ts';
import type { ConditionPlan, Instant, JsonObject, Listens } from './plan.ts';
import type { LocalProblem } from './problem.ts';
import type { NamedEvent } from './conditions/named-event.ts';
import type { ScoreParts } from './scoring/scoring-model.ts';

/** A condition that may be asked about any lead of type `L`. */
export interface Condition<in L = unknown> {
  readonly condition: ConditionPlan;
  /** Only in the types: what the lead must have. */
  readonly needs?: ((lead: L) => void) | undefined;
  /** Author's own code that the condition asks. */
  readonly checks?: readonly OwnCheck[] | undefined;
}

/** All that these conditions need of a lead together. */
export type NeedsOfAll<C extends Condition<never>> = [C] extends [Condition<infer L>] ? L : never;

/** Own code behind `check`: runs as an activity, never in the sandbox. */
export interface OwnCheck {
  readonly name: string;
  readonly run: (input: { lead: never; at: Instant }) => boolean | Promise<boolean>;
}

/** All that a condition may look at. Built by the host from its store, as of `at`. */
export interface Facts {
  readonly at: Instant;
  readonly profile: JsonObject;
  /**
   * What the lead did up to `at`, oldest first; machine-made behaviour left out, and of long pasts whatever is
   * not the latest that some condition means.
   */
  readonly behaviour: readonly Behaviour[];
  /** The score at an instant not before `at` if nothing else happens. */
  score(at: Instant): number;
  /** Its parts at such an instant. */
  scoreParts(at: Instant): ScoreParts;
  /** Answers of own checks, by name. */
  readonly checks?: { readonly [name: string]: boolean };
}

/** Whether a condition holds, and until when that stays so if nothing happens. */
export interface Verdict {
  readonly holds: boolean;
  /** Later than `facts.at`; absent when only new behaviour can change the verdict. */
  readonly changesAt?: Instant;
}

/** What just happened, as an interpreter without the store sees it. */
export interface Happening {
  /** The event's id; duplicates carry the same. */
  readonly id: string;
  /** Normalised name of the event. */
  readonly name: string;
  /** When it occurred. */
  readonly at: Instant;
  /** True when it changed the lead's score. */
  readonly score?: boolean;
  /** True when it changed the lead's profile. */
  readonly profile?: boolean;
  /** True when it made more of the lead's past known: any trigger may have been met by that. */
  readonly past?: boolean;
}

/** `ask`: the happening may have made the condition true; only the store knows. */
export type Relevance = 'met' | 'ask' | 'no';

/** What a condition kind must know. One file each in `dsl/conditions`; nothing else branches on kinds. */
export interface ConditionKind<P extends JsonObject> {
  readonly kind: string;
  /** Events count from `since` (exclusive) up to `facts.at` (inclusive). */
  readonly holds: (plan: P, facts: Facts, since: Instant) => Verdict;
  /** Whether it holds, where it is dear to find until when. Default: what `holds` says. */
  readonly holdsNow?: (plan: P, facts: Facts, since: Instant) => boolean;
  /**
   * The events that it looks at, where it looks at any. Of those up to an instant the latest suffices: hosts show
   * it that one alone where there were many.
   */
  readonly means?: (plan: P) => NamedEvent;
  readonly relevance: (plan: P, happening: Happening, since: Instant) => Relevance;
  /** True where it can hold without anything happening: it is asked about as soon as people listen. */
  readonly isState: boolean;
  readonly listens?: (plan: P) => Partial<Listens>;
  /** Short and readable; also the natural key in step ids: `score>70`. */
  readonly label: (plan: P) => string;
  readonly check?: (plan: P) => readonly LocalProblem[];
  /** What a verdict rests on, for the ledger: `{ score: 82 }`. */
  readonly looksAt?: (plan: P, facts: Facts, since: Instant) => JsonObject;
  /** The name of the author's own code that it asks. */
  readonly ownCode?: (plan: P) => string;
  /** Something that would make it true, for hints. */
  readonly example?: (plan: P) => { readonly event: string; readonly properties: JsonObject };
}

/** A condition made of conditions: how the answers of its parts make its own. */
export interface CompositeKind<P extends JsonObject> {
  readonly kind: string;
  readonly of: (plan: P) => readonly ConditionPlan[];
  readonly holds: (parts: readonly boolean[]) => boolean;
  readonly relevance: (parts: readonly Relevance[]) => Relevance;
  readonly isState: (parts: readonly boolean[]) => boolean;
  readonly label: (parts: readonly string[]) => string;
  readonly check?: (plan: P) => readonly LocalProblem[];
}
