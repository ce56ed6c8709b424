/**
 * What a step is: to authors a value, to the interpreter a kind with pure handlers. Compiler,
 * interpreter, printers and diagrams ask a kind and never mention one.
 */
import type { OwnCheck, Verdict } from './condition.ts';
import type { EmailTemplate } from './email.ts';
import type { ConditionPlan, Instant, Json, JsonObject } from './plan.ts';
import type { LocalProblem } from './problem.ts';

/**
 * One step as authors write it, for journeys whose lead is (at least) an `L`. Optional parts admit
 * undefined, so that compilers name the lead alone where a step does not fit.
 */
export interface Step<in L = unknown> {
  readonly kind: string;
  readonly args: JsonObject;
  /** Natural key, from which the id is made where the author gives none: `email:intro`. */
  readonly key: string;
  /** The author's own id. */
  readonly id?: string | undefined;
  /** Steps behind an outcome. Outcomes without steps go on after this step. */
  readonly branches?: { readonly [outcome: string]: readonly AnyStep[] } | undefined;
  /** The outcome whose steps read as if they stood beside this one: no prefix in their ids. */
  readonly inline?: string | undefined;
  readonly uses?: Uses | undefined;
  /** Only in the types: what the lead must have. */
  readonly needs?: ((lead: L) => void) | undefined;
}

/** A step for some lead: what compile sees, after the types have done their work. */
export type AnyStep = Step<never>;

/** All that these steps need of a lead together; nothing where there are none. */
export type NeedsOf<S extends AnyStep> = [S] extends [Step<infer L>] ? L : never;

/** What a step refers to by name, handed to the project so that it can be found again. */
export interface Uses {
  readonly templates?: readonly EmailTemplate<never>[];
  readonly checks?: readonly OwnCheck[];
  readonly ownSteps?: readonly OwnStep[];
  readonly journeys?: readonly string[];
  /** What whoever gets its messages has to consent to. */
  readonly topics?: readonly string[];
  /** The firm's people, as the config's team has them, or `owner`. */
  readonly colleagues?: readonly string[];
}

/** Own code behind `step`: runs as an activity. */
export interface OwnStep {
  readonly name: string;
  readonly run: (input: { lead: never; at: Instant; key: string }) => unknown;
}

/** Where a person is when a handler is asked. */
export interface Situation {
  readonly at: Instant;
  readonly zone: string;
  /** Opaque ids. */
  readonly run: string;
  readonly lead: string;
  readonly entered: Instant;
  /** When this step began. */
  readonly since: Instant;
  /** What it listens to counts after these: earlier than it began, where it was reached late. */
  readonly listens: { readonly since: Instant; readonly sinceEntry: Instant };
  /** What the step put aside with its last answer. */
  readonly phase: Json | undefined;
  /** When marked steps began, by id. */
  readonly marks: { readonly [step: string]: Instant };
  /** People due together leave within this many milliseconds. */
  readonly spreadMs: number;
}

/** Something that a step does outside the journey, as data: its name, and what it takes to do it. */
export type AnyEffect = { readonly effect: string };

/** What a step asks for: to wait until an instant, an answer from the host, or its way out. */
export type Asks<E extends AnyEffect = AnyEffect> =
  | { readonly wait: Instant; readonly phase?: Json }
  | { readonly request: Request<E>; readonly phase?: Json }
  | { readonly out: string };

/** What a run asks of the host; answered in batches. */
export type Request<E extends AnyEffect = AnyEffect> =
  | { readonly type: 'effect'; readonly effect: E }
  | { readonly type: 'decide'; readonly questions: readonly Question[] }
  | { readonly type: 'own'; readonly name: string };

export interface Question {
  readonly condition: ConditionPlan;
  /** Events count after this instant. */
  readonly since: Instant;
  /** And up to this one, where that is earlier than the instant of asking. */
  readonly upTo?: Instant;
}

/** What became of an effect. `news`: what had already come (sales answered before the escalation). */
export type EffectAnswer =
  | { readonly verdict: 'done'; readonly news?: string }
  /** `news`: what the step would have waited for is there. */
  | { readonly verdict: 'skip'; readonly reason: string; readonly news?: string }
  | { readonly verdict: 'defer'; readonly until: Instant; readonly reason: string }
  | { readonly verdict: 'leave'; readonly by: 'exit' | 'goal' | 'completed' | 'merged' };

export type Answer =
  | { readonly type: 'effect'; readonly answer: EffectAnswer }
  | {
      readonly type: 'decide';
      readonly verdicts: readonly Verdict[];
      /** What they rest on: `{ score: 82 }`. */
      readonly looked?: JsonObject;
    }
  | { readonly type: 'own' };

/** @typeParam E the effects that it asks for; whoever performs effects is held to all of them. */
export interface StepKind<A extends JsonObject, E extends AnyEffect = never> {
  readonly kind: string;
  readonly outcomes: (args: A) => readonly string[];
  /** Set where nothing can follow: the journey ends there. */
  readonly ends?: boolean;
  /**
   * Set where it stands around steps, those behind the outcome `inside`: they are abandoned when its trigger
   * is met; at their end people go on behind the outcome `after`.
   */
  readonly block?: { readonly inside: string; readonly after: string };
  readonly check?: (args: A, step: AnyStep) => readonly LocalProblem[];
  /** Every condition that it asks or listens to. */
  readonly conditions?: (args: A) => readonly ConditionPlan[];
  /** In a person's words, with its limits, for stories, diagrams and Temporal's UI: `wait for demo-seen, 3 days`. */
  readonly label: (args: A) => string;
  /** Set on a step that only passes time: how a calendar says when what follows it happens, `day 10` or `+ 5 days`. */
  readonly passes?: (args: A) => string;
  /** The day of the journey before which nobody goes on from it: in steps that follow each other days never go back. */
  readonly day?: (args: A) => number;
  /** The local date until which it waits, where that is one and the same for all. */
  readonly date?: (args: A) => string | undefined;
  readonly enter: (args: A, situation: Situation) => Asks<E>;
  readonly on?: {
    readonly woke?: (args: A, situation: Situation) => Asks<E>;
    readonly answered?: (args: A, situation: Situation, answer: Answer) => Asks<E>;
    /** Its own trigger was met. */
    readonly met?: (args: A, situation: Situation) => Asks<E>;
    /** News for this very step: sales answered its handoff. */
    readonly news?: (args: A, situation: Situation, news: string) => Asks<E> | undefined;
  };
  /** What it waits for besides time. */
  readonly trigger?: (args: A, situation: Situation) => Question;
  /** Events that are delivered to it though no condition names them. */
  readonly hears?: readonly string[];
  /** The step id whose beginning it refers to. */
  readonly refersTo?: (args: A) => string | undefined;
  /** Only in the types: the effects that it asks for. */
  readonly asks?: E;
}
