/** What a run plays: plain JSON, so that a failure can be cut down and pasted into a test. */
import type { FaultPlan } from './faults.ts';

export interface Scenario {
  readonly seed: number;
  /**
   * `same-story`: faults take no time, and everybody's story has to be the one that is told without them.
   * `any-order`: news is late, clocks are wrong, providers are down; what is promised has to hold all the same.
   */
  readonly kind: 'same-story' | 'any-order';
  readonly settings: Settings;
  /** The first one is entered by an event; the others by it alone. */
  readonly journeys: readonly JourneySpec[];
  readonly people: readonly PersonSpec[];
  readonly happenings: readonly Happening[];
  readonly faults: FaultPlan;
}

export interface Settings {
  readonly cohortSize: number;
  readonly maxEvents: number;
  readonly machines: number;
  readonly maxBatch: number;
  readonly spreadMinutes: number;
  readonly cap?: {
    readonly atMost: number;
    readonly days: number;
    readonly outcome: 'skip' | 'defer';
  };
}

export interface JourneySpec {
  readonly id: string;
  readonly steps: readonly StepSpec[];
  readonly hasGoal: boolean;
  readonly hasExit: boolean;
  readonly window?: {
    readonly days: readonly number[];
    readonly from: string;
    readonly to: string;
  };
  readonly comesAgain: boolean;
}

export type ConditionSpec =
  | { readonly is: 'event'; readonly name: string }
  | { readonly is: 'happened'; readonly name: string; readonly days: number }
  | { readonly is: 'not-happened'; readonly name: string; readonly days: number }
  | { readonly is: 'score'; readonly above: number }
  | { readonly is: 'tier'; readonly tier: string };

export type StepSpec =
  | { readonly is: 'email'; readonly id: string; readonly receipt?: boolean }
  | { readonly is: 'wait'; readonly hours: number }
  | { readonly is: 'wait-days'; readonly days: number }
  | { readonly is: 'day'; readonly day: number; readonly email: string }
  | {
      readonly is: 'wait-for';
      readonly on: ConditionSpec;
      readonly hours: number;
      readonly sinceEntry: boolean;
      readonly yes: readonly StepSpec[];
      readonly no: readonly StepSpec[];
    }
  | {
      readonly is: 'until';
      readonly on: ConditionSpec;
      readonly steps: readonly StepSpec[];
      readonly met: readonly StepSpec[];
      readonly notMet: readonly StepSpec[];
    }
  | {
      readonly is: 'when';
      readonly on: ConditionSpec;
      readonly yes: readonly StepSpec[];
      readonly no: readonly StepSpec[];
    }
  | {
      readonly is: 'handoff';
      readonly hours: number;
      readonly yes: readonly StepSpec[];
      readonly late: readonly StepSpec[];
    }
  | { readonly is: 'stage'; readonly stage: string }
  | { readonly is: 'own'; readonly id: string }
  | { readonly is: 'note' }
  | { readonly is: 'call'; readonly id: string }
  | { readonly is: 'webhook' }
  | { readonly is: 'enrol'; readonly journey: string };

export interface PersonSpec {
  readonly zone: string;
  readonly tier: 'silver' | 'gold';
  /** Comes as a visitor, and says later who they are. */
  readonly anonymousFirst: boolean;
}

/** What somebody does, so many milliseconds after the beginning. */
export interface Happening {
  readonly at: number;
  /** Place in `people`. */
  readonly who: number;
  readonly does:
    | { readonly event: string }
    | { readonly says: 'who-they-are' }
    | { readonly says: 'tier'; readonly tier: string }
    | { readonly says: 'zone'; readonly zone: string }
    | { readonly says: 'consent'; readonly allowed: boolean }
    | { readonly leaves: 'topic' | 'everything' };
}

export const ENTERED_BY = 'trial started';
export const GOAL = 'bought';
export const EXIT = 'left';
export const EVENTS = ['a happened', 'b happened', 'c happened'] as const;
export const ZONES = ['Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'UTC'] as const;
/** Monday 2 March 2026: the first month has a change of the clock in most of these zones. */
export const BEGINNING = Date.UTC(2026, 2, 2, 8);
