/** What a cohort's host asks of the engine that runs it, and nothing else: Temporal in production, a model of it in simulations. */
import type { Plan, StepId } from '../dsl/plan.ts';
import type { CohortItem } from '../engine/items.ts';
import type { CohortActivities } from './cohort-input.ts';

export interface Engine {
  readonly activities: CohortActivities;
  /** @throws PlanMissingError where the worker lacks the plan: the host waits for one that has it. */
  readonly planOf: (hash: string) => Plan;
  /** Work that somebody may stop waiting for: it is called off, and `ended` is not to be listened to any more. */
  cancellable<T>(work: () => Promise<T>): { readonly ended: Promise<T>; cancel(): void };
  /** `cohort` is the workflow's id, `execution` unique for all time. */
  identity(): { readonly cohort: string; readonly execution: string };
  /** False in executions that began before there were `exact` instants: they go on as they did. */
  hasExactInstants(): boolean;
  /** Called with the items of each signal, those that came before too. */
  onItems(hear: (items: readonly CohortItem[]) => void): void;
  /** Resolves once it holds. */
  until(holds: () => boolean): Promise<void>;
  /** A timer; `summary` says for people what it is for. */
  timer(ms: number, summary: string): Timer;
  history(): History;
  /** Ends this execution and begins the next one. Never resolves. */
  continueAsNew(input: object): Promise<void>;
  /** For people who look at the cohort, Markdown. */
  tell(details: string): void;
  /** Where somebody who is alone in the cohort can be found by. */
  readonly stepIndex: { read(): StepId | undefined; write(step: StepId): void };
}

export interface Timer {
  /** Resolves when it has fired or was cut short. */
  readonly ended: Promise<void>;
  cutShort(): void;
}

/** How long this execution has become. */
export interface History {
  readonly events: number;
  /** The engine would rather have a new one. */
  readonly isLong: boolean;
}
