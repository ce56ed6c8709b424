/** The clock of a cohort whose server leaps over its timers: before each leap the world catches up with it. */
import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../../dsl/plan.ts';
import type { CohortInput } from '../../workflows/cohort-input.ts';
import type { Standing, Time } from '../../workflows/time.ts';

export interface SkippingInput extends CohortInput {
  readonly clock: {
    /** What to add to the workflow's clock, so that a story may begin on any date. */
    readonly offsetMs: number;
    /** Where the last execution's clock stood: the server may set the next one's anew. */
    readonly resumesAt?: Instant;
  };
}

export interface Settling {
  readonly cohort: string;
  readonly at: Instant;
  /** When the cohort next does something of its own accord; null when everybody's journey is over. */
  readonly wake: Instant | null;
}

export interface Settled {
  /** When recorded behaviour of these people comes next. */
  readonly next: Instant | null;
  /** True where other cohorts share people with this one: each must settle again before it acts. */
  readonly shared: boolean;
  /** The cohort would act only after the end of the story, or waits for news: unless some comes, it is over. */
  readonly isOver?: true;
}

export interface SettleActivities {
  settle(asked: Settling): Promise<Settled>;
}

const { settle } = proxyActivities<SettleActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '2 seconds' },
});

/** The last instant that a date can say: for a cohort that waits for nothing but news. */
const FAR_AWAY = 8.64e15;

export class SkippedTime implements Time {
  private readonly offsetMs: number;
  /** When recorded behaviour comes next. */
  private behaviourAt: Instant = Infinity;
  /** Other cohorts, with clocks of their own, have some of the same people. */
  private isShared = true;

  constructor({ clock: { offsetMs, resumesAt } }: SkippingInput) {
    this.offsetMs = resumesAt === undefined ? offsetMs : resumesAt - Date.now();
  }

  now(): Instant {
    return Date.now() + this.offsetMs;
  }

  /** Behaviour of this very instant must be heard before anybody is woken. */
  horizon(): Instant {
    return this.behaviourAt;
  }

  /** Lets what was caused leave and come back, and behaviour of this instant be heard. */
  async beforeRound({ acted, next, hasNews }: Standing): Promise<void> {
    const at = this.now();
    // Alone, with nothing recorded for this instant, nothing can come before it acts.
    if (!acted && !this.isShared && this.behaviourAt > at) return;
    const settled = await settle({
      cohort: workflowInfo().workflowId,
      at,
      wake: next === Infinity ? FAR_AWAY : next,
    });
    // Otherwise stopped with its worker.
    if (settled.isOver === true) await condition(hasNews);
    this.behaviourAt = settled.next ?? Infinity;
    this.isShared = settled.isOver === true || settled.shared;
  }

  handOn = (next: SkippingInput): SkippingInput => ({
    ...next,
    clock: { ...next.clock, resumesAt: this.now() },
  });
}
