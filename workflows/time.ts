/** The clock that a cohort lives by. */
import type { Instant } from '../dsl/plan.ts';

export interface Time {
  now(): Instant;
  /** Before each round. */
  beforeRound(standing: Standing): Promise<void>;
  /** What lies from here on may still be overtaken by news: nobody is woken by then. */
  horizon(): Instant;
}

export interface Standing {
  /** The last round did something, or the cohort waits for another instant now. */
  readonly acted: boolean;
  /** When the cohort next does something if nothing happens; Infinity: only news can move it; null: everybody's journey is over. */
  readonly next: Instant | null;
  /** True once it has been sent something that it has not heard. */
  hasNews(): boolean;
}

/** The server's own: news comes when it comes. */
export const realTime: Time = {
  now: () => Date.now(),
  beforeRound: () => Promise.resolve(),
  horizon: () => Infinity,
};
