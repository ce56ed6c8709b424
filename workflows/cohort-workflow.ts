/**
 * The Temporal host of a cohort: a timer to the next wake-up, items from signals and updates, one local
 * activity per batch of calls. The scheduler is the same that rehearsals drive; nothing is decided here.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import { bundledPlan } from './bundled-plans.ts';
import type { CohortActivities, CohortInput } from './cohort-input.ts';
import type { CohortItem } from '../engine/cohort-item.ts';
import type { PersonCall } from '../engine/cohort-state.ts';
import { Cohort } from '../engine/cohort.ts';
import { describeCohort, describeWait } from './describe-cohort.ts';
import { isOwnCode } from '../engine/own-code.ts';
import { PlanMissingError } from './plan-missing-error.ts';
import { STEP_ATTRIBUTE } from './search-attributes.ts';

/** People enter, things happen: at least once, in any order. */
export const itemsSignal = defineSignal<[readonly CohortItem[]]>('items');
/** As the signal; answers when everything that the items caused has been done. */
export const itemsUpdate = defineUpdate<void, [readonly CohortItem[]]>('deliver');

const { perform, recordRests } = proxyLocalActivities<CohortActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '30 seconds' },
});
const { runOwnCode } = proxyActivities<CohortActivities>({ startToCloseTimeout: '10 minutes' });
const { settle } = proxyActivities<CohortActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '2 seconds' },
});

/** Well below Temporal's own limits of 10,000 signals and 51,200 events a run. */
const MAX_SIGNALS = 4_000;
const MAX_EVENTS = 8_000;

/** A step that lasts less is not written to the search attribute. */
const BRIEF_MS = 60_000;

/** The last instant that a date can say: for a cohort that waits for nothing but news. */
const FAR_AWAY = 8.64e15;

export async function cohortWorkflow(input: CohortInput): Promise<void> {
  await new CohortHost(input).run();
}

type OwnAnswer =
  | { readonly asked: PersonCall; readonly answer: Answer }
  | { readonly asked: PersonCall; readonly error: string };

class CohortHost {
  private readonly input: CohortInput;
  private readonly cohort: Cohort;
  private readonly inbox: CohortItem[];
  /** What to add to the workflow's clock. */
  private readonly offsetMs: number;
  private readonly ownAnswers: OwnAnswer[] = [];
  private ownCalls = 0;
  private signals = 0;
  private taken = 0;
  private done = 0;
  private attribute: string | undefined;
  private napping: CancellationScope | undefined;
  /** When recorded behaviour comes next, where time is skipped. */
  private behaviourAt: Instant | null = null;
  /** Other cohorts, with clocks of their own, have some of the same people. */
  private shared = true;
  private unsettled = true;

  constructor(input: CohortInput) {
    this.input = input;
    this.cohort = new Cohort(planInBundle, input.settings, input.state);
    this.inbox = [...(input.items ?? [])];
    const { offsetMs = 0, resumesAt } = input.virtual ?? {};
    this.offsetMs = resumesAt === undefined ? offsetMs : resumesAt - Date.now();
    setHandler(itemsSignal, (items) => {
      this.signals++;
      this.inbox.push(...items);
      this.heard();
    });
    setHandler(itemsUpdate, async (items) => {
      this.inbox.push(...items);
      const mine = this.taken + this.inbox.length;
      this.heard();
      await condition(() => this.done >= mine);
    });
  }

  async run(): Promise<void> {
    for (;;) {
      if (this.input.virtual !== undefined && this.unsettled) await this.letSettle();
      await this.round();
      if (this.input.virtual !== undefined && this.unsettled) continue;
      if (this.inbox.length > 0 || this.ownAnswers.length > 0) continue;
      if (this.cohort.size === 0 && this.ownCalls === 0) {
        await condition(allHandlersFinished);
        if (this.inbox.length === 0) return;
        continue;
      }
      if (this.isLong()) {
        await condition(allHandlersFinished);
        await continueAsNew<typeof cohortWorkflow>(this.heir());
      }
      await this.wait();
    }
  }

  /** Everything that can be done at this instant, in batches. */
  private async round(): Promise<void> {
    const now = this.now();
    const items = this.inbox.splice(0);
    this.taken += items.length;
    if (items.length > 0 || this.ownAnswers.length > 0) this.unsettled = true;
    this.cohort.accept(items, now);
    // In virtual time behaviour of this very instant must be heard before anybody is woken.
    if (this.behaviourAt === null || this.behaviourAt > now) this.cohort.wake(now);
    this.hearOwnCode();
    for (let calls = this.cohort.takeCalls(); calls.length > 0; calls = this.cohort.takeCalls()) {
      this.unsettled = true;
      await this.make(calls);
    }
    const rests = this.cohort.takeRests();
    if (rests.length > 0) {
      this.unsettled = true;
      await recordRests(rests);
    }
    this.done = this.taken;
    this.describe();
  }

  private async make(calls: readonly PersonCall[]): Promise<void> {
    const batch: PersonCall[] = [];
    for (const asked of calls) {
      if (isOwnCode(asked.call)) this.startOwnCode(asked);
      else batch.push(asked);
    }
    if (batch.length === 0) return;
    const answers = await perform(batch);
    for (const [i, asked] of batch.entries()) {
      const answer = answers[i];
      if (answer !== undefined) this.cohort.answer(asked, answer, true);
    }
  }

  /** Own code may take its time: the others in the cohort do not wait for it. */
  private startOwnCode(asked: PersonCall): void {
    const { run, at, call } = asked;
    this.ownCalls++;
    void runOwnCode({ key: `${run.id}:${run.calls}`, lead: run.lead, at, call })
      .then(
        (answer) => this.ownAnswers.push({ asked, answer }),
        (error: unknown) => this.ownAnswers.push({ asked, error: String(error) }),
      )
      .then(() => this.heard());
  }

  private hearOwnCode(): void {
    for (const heard of this.ownAnswers.splice(0)) {
      this.ownCalls--;
      if ('answer' in heard) this.cohort.answer(heard.asked, heard.answer, false, this.now());
      else this.cohort.refuse(heard.asked, heard.error);
    }
  }

  /** Lets what was caused leave and come back, and behaviour of this instant be heard, before the clock leaps. */
  private async letSettle(): Promise<void> {
    this.unsettled = false;
    const at = this.now();
    const { next, shared } = await settle({
      cohort: workflowInfo().workflowId,
      at,
      wake: this.nextAct(at),
    });
    this.behaviourAt = next;
    this.shared = shared;
  }

  /** When it next does something if nothing happens; null where that is never. */
  private nextAct(now: Instant): Instant | null {
    if (this.taken === 0 || this.inbox.length > 0 || this.ownCalls > 0) return now;
    return this.cohort.size === 0 ? null : (this.cohort.nextWake() ?? FAR_AWAY);
  }

  private async wait(): Promise<void> {
    const wake = this.cohort.nextWake();
    const until = Math.min(wake ?? Infinity, this.behaviourAt ?? Infinity);
    if (until === Infinity) {
      return condition(() => this.inbox.length > 0 || this.ownAnswers.length > 0);
    }
    const ms = Math.max(until - this.now(), 1);
    await this.nap(ms, describeWait(this.cohort, until));
    // Alone, with nothing recorded for this instant, it cannot be forestalled: it acts, then settles.
    this.unsettled ||= this.shared || (this.behaviourAt ?? Infinity) <= this.now();
  }

  /**
   * A timer that news cancels. Makes fewer promises than `condition` with a limit, and in the sandbox
   * each promise costs a stack trace.
   */
  private async nap(ms: number, summary: string): Promise<void> {
    this.napping = new CancellationScope();
    try {
      await this.napping.run(() => sleep(ms, { summary }));
    } catch (error) {
      if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
    } finally {
      this.napping = undefined;
    }
  }

  private heard(): void {
    this.napping?.cancel();
  }

  private isLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return (
      this.ownCalls === 0 &&
      (continueAsNewSuggested ||
        historyLength > (this.input.maxEvents ?? MAX_EVENTS) ||
        this.signals > MAX_SIGNALS)
    );
  }

  private heir(): CohortInput {
    const { virtual, ...rest } = this.input;
    const clock = virtual === undefined ? {} : { virtual: { ...virtual, resumesAt: this.now() } };
    return { ...rest, ...clock, items: this.inbox, state: this.cohort.state() };
  }

  private describe(): void {
    setCurrentDetails(describeCohort(this.cohort));
    if (!this.isAlone()) return;
    const step = this.cohort.onlyStep();
    const known = this.attribute ?? workflowInfo().typedSearchAttributes.get(STEP_ATTRIBUTE);
    if (step === undefined || step === known || this.isBrief()) return;
    this.attribute = step;
    upsertSearchAttributes([{ key: STEP_ATTRIBUTE, value: step }]);
  }

  /** Gone again before anybody could find the person there: not worth the index's write. */
  private isBrief(): boolean {
    return (this.cohort.nextWake() ?? Infinity) - this.now() < BRIEF_MS;
  }

  private isAlone(): boolean {
    return this.input.settings.tickMs === 1;
  }

  private now(): Instant {
    return Date.now() + this.offsetMs;
  }
}

/** Fails the workflow task, not the workflow: a worker that has the plan goes on from here. */
function planInBundle(hash: string): Plan {
  const plan = bundledPlan(hash);
  if (plan === undefined) {
    throw new PlanMissingError(
      `Plan ${hash} of journey ${workflowInfo().workflowType}: expected it in this worker's bundle, ` +
        `received none. Deploy a worker whose plans/${workflowInfo().workflowType}/${hash}.json ` +
        'is there (cultivo lock keeps it while people are in it). [plan-missing]',
    );
  }
  return plan;
}
