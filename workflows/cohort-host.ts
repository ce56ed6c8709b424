/**
 * The Temporal host of a cohort: a timer to the next wake-up, items from signals, one local activity per
 * batch of requests. The scheduler is the same that rehearsals drive; nothing is decided here.
 */
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Instant } from '../dsl/plan.ts';
import { type Asked, isOwnCode } from '../engine/asked.ts';
import { Cohort } from '../engine/cohort.ts';
import type { CohortItem } from '../engine/items.ts';
import { bundledPlan } from './bundled-plans.ts';
import { type CohortActivities, type CohortInput, ITEMS_SIGNAL } from './cohort-input.ts';
import { describeCohort, describeStep, describeWait } from './describe.ts';
import { OwnCodeRuns } from './own-code-runs.ts';
import type { Time } from './time.ts';

/** People enter, things happen: at least once, in any order. */
const itemsSignal = defineSignal<[readonly CohortItem[]]>(ITEMS_SIGNAL);

const { perform, recordPositions } = proxyLocalActivities<CohortActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '30 seconds' },
});

/** Well below Temporal's own limits of 10,000 signals and 51,200 events a run. */
const MAX_SIGNALS = 4_000;
const MAX_EVENTS = 8_000;

export class CohortHost<Input extends CohortInput> {
  private readonly input: Input;
  private readonly time: Time;
  private readonly handOn: (next: Input) => Input;
  private readonly cohort: Cohort;
  private readonly inbox: CohortItem[];
  private readonly ownCode = new OwnCodeRuns(() => this.interrupt());
  private signals = 0;
  private begun = false;
  private stepWritten: string | undefined;
  private pause: CancellationScope | undefined;

  /** @param handOn completes what the next execution is started with. */
  constructor(input: Input, time: Time, handOn: (next: Input) => Input = (next) => next) {
    this.input = input;
    this.time = time;
    this.handOn = handOn;
    this.cohort = new Cohort(bundledPlan, input.settings, input.state);
    this.inbox = [...(input.items ?? [])];
    setHandler(itemsSignal, (items) => {
      this.signals += 1;
      this.inbox.push(...items);
      this.interrupt();
    });
  }

  /** Until nobody is left in it. */
  async run(): Promise<void> {
    for (let acted = true; ;) {
      await this.time.beforeRound({ acted, next: this.next() });
      acted = await this.round();
      if (acted || this.hasNews()) continue;
      if (this.cohort.size === 0 && this.ownCode.open === 0) return;
      if (this.isLong()) {
        const next = { ...this.input, items: this.inbox, state: this.cohort.state() };
        await continueAsNew<(input: Input) => Promise<void>>(this.handOn(next));
      }
      await this.wait();
    }
  }

  /** Everything that can be done at this instant, in batches. True where there was something. */
  private async round(): Promise<boolean> {
    const now = this.time.now();
    const items = this.inbox.splice(0);
    let acted = items.length > 0 || this.ownCode.haveEnded;
    this.begun ||= items.length > 0;
    this.cohort.accept(items, now);
    if (this.time.horizon() > now) this.cohort.wake(now);
    this.hearOwnCode(now);
    while (await this.carry()) acted = true;
    this.describe(now);
    return acted;
  }

  /** Where people went, before what they ask from there: the answers lead on. False where there was neither. */
  private async carry(): Promise<boolean> {
    const moves = this.cohort.takeMoves();
    if (moves.length > 0) await recordPositions(moves);
    const asked = this.cohort.takeRequests();
    if (asked.length > 0) await this.answer(asked);
    return moves.length > 0 || asked.length > 0;
  }

  private async answer(all: readonly Asked[]): Promise<void> {
    const batch = all.filter(({ request }) => !isOwnCode(request));
    for (const asked of all) if (isOwnCode(asked.request)) this.ownCode.start(asked);
    if (batch.length === 0) return;
    const answers = await perform(batch);
    for (const [i, asked] of batch.entries()) {
      const answer = answers[i];
      if (answer !== undefined) this.cohort.answer(asked, answer, true);
    }
  }

  private hearOwnCode(now: Instant): void {
    for (const ended of this.ownCode.takeEnded()) {
      if ('answer' in ended) this.cohort.answer(ended.asked, ended.answer, false, now);
      else this.cohort.refuse(ended.asked, ended.error);
    }
  }

  /** When it next does something if nothing happens. */
  private next(): Instant | null {
    if (!this.begun || this.hasNews() || this.ownCode.open > 0) return this.time.now();
    return this.cohort.size === 0 ? null : (this.cohort.nextWake() ?? Infinity);
  }

  private hasNews(): boolean {
    return this.inbox.length > 0 || this.ownCode.haveEnded;
  }

  private async wait(): Promise<void> {
    const until = Math.min(this.cohort.nextWake() ?? Infinity, this.time.horizon());
    if (until === Infinity) return condition(() => this.hasNews());
    const ms = Math.max(until - this.time.now(), 1);
    await this.sleep(ms, describeWait(this.cohort, bundledPlan, until));
  }

  /**
   * A timer that news cancels. Makes fewer promises than `condition` with a limit, and in the sandbox
   * each promise costs a stack trace.
   */
  private async sleep(ms: number, summary: string): Promise<void> {
    this.pause = new CancellationScope();
    try {
      await this.pause.run(() => sleep(ms, { summary }));
    } catch (error) {
      if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
    } finally {
      this.pause = undefined;
    }
  }

  private interrupt(): void {
    this.pause?.cancel();
  }

  private isLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return (
      this.ownCode.open === 0 &&
      (continueAsNewSuggested ||
        historyLength > (this.input.maxEvents ?? MAX_EVENTS) ||
        this.signals > MAX_SIGNALS)
    );
  }

  private describe(now: Instant): void {
    setCurrentDetails(describeCohort(this.cohort, bundledPlan));
    if (this.input.settings.tickMs !== 1) return;
    this.stepWritten = describeStep(this.cohort, now, this.stepWritten);
  }
}
