/**
 * The durable host of a cohort: a timer to the next wake-up, items from signals, one local activity per
 * batch of requests. The scheduler is the same that rehearsals drive; nothing is decided here.
 */
import type { Instant } from '../dsl/plan.ts';
import { type Asked, isOwnCode } from '../engine/asked.ts';
import { Cohort } from '../engine/cohort.ts';
import type { CohortItem } from '../engine/items.ts';
import type { CohortInput } from './cohort-input.ts';
import { describeCohort, describeStep, describeWait } from './describe.ts';
import type { Engine, Timer } from './engine.ts';
import { OwnCodeRuns } from './own-code-runs.ts';
import type { Time } from './time.ts';

/** Well below Temporal's own limits of 10,000 signals and 51,200 events a run. */
const MAX_SIGNALS = 4_000;
const MAX_EVENTS = 8_000;
/** How much longer an execution may become while own code runs, which would begin anew in the next one. */
const TIMES_AS_LONG = 2;
/** An execution that has to take its people back more often shares them with one that lives. */
const MOST_TAKEN_BACK = 10;
const CARRIED_ELSEWHERE =
  'Cohort: expected its people to be carried by it alone, received answers that another execution carries them. ' +
  'Let one Temporal alone work on one store. [carried-elsewhere]';

export class CohortHost<Input extends CohortInput> {
  private readonly input: Input;
  private readonly time: Time;
  private readonly engine: Engine;
  private readonly handOn: (next: Input) => Input;
  private readonly cohort: Cohort;
  /** False in executions that began under the release before. */
  private readonly isOfNow: boolean;
  private readonly inbox: CohortItem[];
  private readonly ownCode: OwnCodeRuns;
  private signals = 0;
  private begun: boolean;
  private hasAsked = false;
  private takenBack = 0;
  private stepWritten: string | undefined;
  private pause: Timer | undefined;

  /** @param handOn completes what the next execution is started with. */
  constructor(
    input: Input,
    time: Time,
    engine: Engine,
    handOn: (next: Input) => Input = (next) => next,
  ) {
    this.input = input;
    this.time = time;
    this.engine = engine;
    this.ownCode = new OwnCodeRuns(engine, () => this.interrupt());
    this.handOn = handOn;
    this.isOfNow = engine.hasExactInstants();
    const settings = { ...input.settings, exact: this.isOfNow };
    this.cohort = new Cohort(engine.planOf, settings, input.state);
    if (this.isOfNow) this.cohort.askAgain();
    this.begun = input.state !== undefined;
    this.inbox = [...(input.items ?? [])];
    engine.onItems((items) => {
      this.signals += 1;
      this.inbox.push(...items);
      this.interrupt();
    });
  }

  /** Until nobody is left in it. */
  async run(): Promise<void> {
    for (let acted = true; ;) {
      const next = this.next();
      await this.time.beforeRound({ acted, next, hasNews: () => this.hasNews() });
      acted = (await this.round()) || this.next() !== next;
      if (acted || this.hasNews()) continue;
      if (this.cohort.size === 0 && this.ownCode.open === 0) return;
      if (this.isLong()) {
        const input = { ...this.input, items: this.inbox, state: this.cohort.state() };
        await this.engine.continueAsNew(this.handOn(input));
      }
      await this.wait();
    }
  }

  /** Everything that can be done at this instant, in batches. True where there was something. */
  private async round(): Promise<boolean> {
    await this.askWhoIsIn();
    const now = this.time.now();
    const items = this.inbox.splice(0);
    let acted = items.length > 0 || this.ownCode.haveEnded;
    this.begun ||= items.length > 0;
    this.cohort.accept(items, now);
    if (this.time.horizon() > now) this.cohort.wake(now);
    this.hearOwnCode(now);
    while (await this.carry()) acted = true;
    if (this.isOfNow) this.ownCode.keepOnly((run) => this.cohort.has(run));
    this.describe(now);
    return acted;
  }

  /** Once, before all else: the store knows better than the news that the engine kept. */
  private async askWhoIsIn(): Promise<void> {
    const { ask, state } = this.input;
    if (ask === undefined || state !== undefined || this.hasAsked) return;
    this.hasAsked = true;
    await this.takeOver(ask.isBegunAgain, false);
  }

  private async takeOver(isBegunAgain: boolean, isTakenBack: boolean): Promise<void> {
    const who = { ...this.engine.identity(), isBegunAgain };
    for (let page: { readonly after?: string } | undefined = {}; page !== undefined;) {
      const { positions, news, next } = await this.engine.activities.whoIsIn({ ...who, ...page });
      this.begun ||= positions.length > 0;
      this.cohort.resume(positions, this.time.now(), isTakenBack);
      this.inbox.push(...news);
      page = next === undefined ? undefined : { after: next };
    }
  }

  /**
   * The store has given these to an execution that came before this one and asked after it: nobody else is there, so
   * this one takes back everybody.
   */
  private async takeBack(runs: readonly string[]): Promise<void> {
    if (runs.length === 0) return;
    this.takenBack += 1;
    if (this.takenBack > MOST_TAKEN_BACK) throw new Error(CARRIED_ELSEWHERE);
    for (const run of runs) this.cohort.forget(run);
    await this.takeOver(true, true);
  }

  /** Where people went, before what they ask from there: the answers lead on. False where there was neither. */
  private async carry(): Promise<boolean> {
    const moves = this.cohort.takeMoves();
    if (moves.length > 0) {
      const unwritten = (await this.engine.activities.recordPositions(moves)) ?? [];
      this.cohort.park(unwritten);
      await this.takeBack(unwritten.flatMap(({ run, error }) => (error === undefined ? run : [])));
    }
    const asked = this.cohort.takeRequests();
    if (asked.length > 0) await this.answer(asked);
    return moves.length > 0 || asked.length > 0;
  }

  private async answer(all: readonly Asked[]): Promise<void> {
    const batch = all.filter(({ request }) => !isOwnCode(request));
    for (const asked of all) if (isOwnCode(asked.request)) this.ownCode.start(asked);
    if (batch.length === 0) return;
    const answers = await this.engine.activities.perform(batch);
    for (const [i, asked] of batch.entries()) {
      const answer = answers[i];
      if (answer !== undefined) this.cohort.answer(asked, answer, true);
    }
    const isOutdated = (_: Asked, i: number) => answers[i]?.type === 'outdated';
    await this.takeBack(batch.filter(isOutdated).map(({ run }) => run.id));
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
    if (until === Infinity) return this.engine.until(() => this.hasNews());
    const ms = Math.max(until - this.time.now(), 1);
    await this.sleep(ms, describeWait(this.cohort, this.engine.planOf, until));
  }

  /** A timer that news cuts short. */
  private async sleep(ms: number, summary: string): Promise<void> {
    this.pause = this.engine.timer(ms, summary);
    try {
      await this.pause.ended;
    } finally {
      this.pause = undefined;
    }
  }

  private interrupt(): void {
    this.pause?.cutShort();
  }

  private isLong(): boolean {
    const { events, isLong } = this.engine.history();
    const { maxEvents = MAX_EVENTS } = this.input;
    const exceeds = (times: number): boolean =>
      events > maxEvents * times || this.signals > MAX_SIGNALS * times;
    if (this.ownCode.open === 0) return isLong || exceeds(1);
    return this.isOfNow && exceeds(TIMES_AS_LONG);
  }

  private describe(now: Instant): void {
    this.engine.tell(describeCohort(this.cohort, this.engine.planOf));
    if (this.input.settings.tickMs !== 1) return;
    this.stepWritten = describeStep(this.cohort, this.engine.stepIndex, now, this.stepWritten);
  }
}
