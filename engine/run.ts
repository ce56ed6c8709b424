/** One person in one journey, as a small JSON value: all that the interpreter knows, storable at any point. */
import type { Instant, Json, JsonObject, StepId } from '../dsl/plan.ts';

export interface Run {
  /** Opaque; unique for all time. */
  readonly id: string;
  /** Opaque id of the person. */
  readonly lead: string;
  /** Hash of the plan that the run follows. */
  readonly plan: string;
  readonly zone: string;
  readonly entered: Instant;
  /** When what brought them in happened, where it was heard of late: they entered at it for conditions, and today for the calendar. */
  readonly causedAt?: Instant;
  readonly step: StepId;
  /** When the step began. */
  readonly since: Instant;
  /** When it was due to begin, where they were reached late: what it listens to counts from then on. */
  readonly listensFrom?: Instant;
  /** A wait of the author's has begun since then: whatever ends it on time ends the lateness. */
  readonly waited?: true;
  /** Somebody ended the last wait before its time: what follows it waits for no send window and no cap. */
  readonly leapt?: true;
  /** Steps since the last wait. */
  readonly moves?: number;
  /** Entries since the last wait, of those that led to this one and this one itself. */
  readonly chain?: number;
  /** What the step put aside. */
  readonly phase?: Json;
  /** When the step wants to be woken. */
  readonly wakeAt?: Instant;
  /** When the blocks around the step began. */
  readonly scopes: { readonly [block: StepId]: Instant };
  /** When marked steps began. */
  readonly marks: { readonly [step: StepId]: Instant };
  /** When time alone may change a trigger's verdict, by trigger. */
  readonly rechecks: { readonly [trigger: string]: Instant };
  /** Requests made so far. */
  readonly requests: number;
  /** Requests of the step itself so far: numbers their keys. Left out by runs whose step began before they were counted. */
  readonly asks?: number;
  /** Ways taken so far: numbers their keys. */
  readonly ways: number;
  /** What the answer that the run waits for is to. */
  readonly pending?: Pending;
  /** The execution that carries it since its cohort began again from the store, where it has: what others write is refused. */
  readonly carrier?: string;
}

/** Why a run ended. */
export type End = 'completed' | 'goal' | 'exit' | 'merged';

/** `parked`: it could not take an input, and waits with it until somebody retries. */
export type RunStatus = 'live' | 'parked' | End;

/** Every one of them, for whoever lists or asks. */
export const RUN_STATUSES: readonly RunStatus[] = [
  'live',
  'parked',
  'completed',
  'goal',
  'exit',
  'merged',
];

export const isRunStatus = (word: string): word is RunStatus =>
  RUN_STATUSES.some((status) => status === word);

/** A run that is under way hears what happens, keeps its person from entering again, and needs its plan. */
export const UNDER_WAY: readonly RunStatus[] = ['live', 'parked'];

export const isUnderWay = (status: RunStatus): boolean => UNDER_WAY.includes(status);

export type Pending =
  | { readonly of: 'step' }
  | {
      readonly of: 'triggers';
      /** The triggers asked about, first one wins. */
      readonly triggers: readonly string[];
      readonly otherwise: Otherwise;
      /** What happened that it is asked for. */
      readonly cause?: JsonObject;
    };

/** What to do if no trigger is met: begin the step, wake it, stay as it was, or give the step its news. */
export type Otherwise = 'begin' | 'wake' | 'stay' | { readonly news: string };

/** A way out that was taken of a step with several: a branch, the end of a wait, a block met or left. */
export interface Way {
  /** Counts the run's ways, from 1. */
  readonly number: number;
  readonly step: StepId;
  readonly outcome: string;
  readonly at: Instant;
  /** What was looked at: a score, the event that came. */
  readonly looked?: JsonObject;
}
