/**
 * The scheduler of 1 to 1,000 runs of one journey: who is due, what they ask, in batches. Knows no
 * engine and no clock, so both hosts drive the same one. A run that makes the interpreter throw is
 * parked with its error; the others go on.
 */
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import { advance, beginning, type Input, wakeOf } from './advance.ts';
import { byInstant, type CohortItem, type EnrolItem, instantOf } from './cohort-item.ts';
import type {
  CohortSettings,
  CohortState,
  Parked,
  PersonCall,
  Rest,
  Waiting,
} from './cohort-state.ts';
import type { End, Run } from './run.ts';
import { WakeQueue } from './wake-queue.ts';

/** Later than this, people act now instead of at the instant they were due. */
const PUNCTUAL_MS = 60_000;

export class Cohort {
  private readonly planOf: (hash: string) => Plan;
  private readonly settings: CohortSettings;
  private readonly runs = new Map<string, Run>();
  private later: CohortItem[];
  private readonly parked = new Map<string, Parked>();
  private readonly over: Set<string>;
  private readonly wakes = new WakeQueue();
  /** The latest entry of each run among the wake-ups. */
  private readonly queued = new Map<string, Instant>();
  /** Inputs of runs that wait for an answer. */
  private readonly backlog = new Map<string, readonly Waiting[]>();
  private calls: PersonCall[] = [];
  private rests: Rest[] = [];

  constructor(
    planOf: (hash: string) => Plan,
    settings: CohortSettings,
    state: CohortState = { runs: [], later: [], parked: [], over: [] },
  ) {
    this.planOf = planOf;
    this.settings = settings;
    this.over = new Set(state.over);
    this.later = [...state.later];
    for (const each of state.parked) this.parked.set(each.run.id, each);
    for (const run of state.runs) this.keep(run);
  }

  /** Takes what came from outside. What lies in the future is kept for its instant; what is for nobody here is dropped. */
  accept(items: readonly CohortItem[], now: Instant): void {
    for (const item of items.toSorted(byInstant)) {
      if (instantOf(item) > now) this.later.push(item);
      else this.take(item, now);
    }
  }

  /** Hears what was kept for now, then wakes everybody who is due. */
  wake(now: Instant): void {
    const due = this.later.filter((item) => instantOf(item) <= now);
    if (due.length > 0) {
      this.later = this.later.filter((item) => instantOf(item) > now);
      for (const item of due.toSorted(byInstant)) this.take(item, now);
    }
    for (let at = this.nextDue(); at !== undefined && at <= now; at = this.nextDue()) {
      const id = this.wakes.first()?.run ?? '';
      this.removeWake();
      this.give(id, { type: 'woke' }, at, now);
    }
  }

  /** The calls made since the last time it was asked; each must be answered. */
  takeCalls(): readonly PersonCall[] {
    const { calls } = this;
    this.calls = [];
    return calls;
  }

  /** The rests since the last time it was asked; the store must be told. */
  takeRests(): readonly Rest[] {
    const { rests } = this;
    this.rests = [];
    return rests;
  }

  /**
   * `recorded`: the host's store already knows where the answer leads. `now`: when it came, where that
   * may be long after it was asked.
   */
  answer(asked: PersonCall, answer: Answer, recorded: boolean, now: Instant = asked.at): void {
    const { id } = asked.run;
    const at = punctual(asked.at, now);
    this.move(id, { type: 'answered', answer }, at, recorded);
    const waiting = this.backlog.get(id) ?? [];
    this.backlog.delete(id);
    // What happened while the world thought is not moved back to the instant of the question.
    for (const { input, due } of waiting) this.give(id, input, due, Math.max(due, at));
  }

  /** The world could not answer and never will: the run is parked with its question. */
  refuse(asked: PersonCall, error: string): void {
    const run = this.runs.get(asked.run.id);
    if (run === undefined) return;
    this.park({ run, input: { type: 'unanswered', call: asked.call }, error }, asked.at);
  }

  /** When something is next to be done without anything happening. */
  nextWake(): Instant | undefined {
    const due = this.nextDue() ?? Infinity;
    const next = this.later.reduce((first, item) => Math.min(first, instantOf(item)), due);
    return next === Infinity ? undefined : next;
  }

  /** When somebody is next due. */
  private nextDue(): Instant | undefined {
    for (let first = this.wakes.first(); first !== undefined; first = this.wakes.first()) {
      const run = this.runs.get(first.run);
      if (run !== undefined && run.pending === undefined && this.dueAt(run) === first.at) {
        return first.at;
      }
      this.removeWake();
    }
    return undefined;
  }

  private removeWake(): void {
    const first = this.wakes.first();
    if (first === undefined) return;
    if (this.queued.get(first.run) === first.at) this.queued.delete(first.run);
    this.wakes.removeFirst();
  }

  /** People who are in it or about to enter, parked ones included. */
  get size(): number {
    return this.runs.size + this.parked.size + this.later.length;
  }

  /** How many people stand at each step. */
  countSteps(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { step } of this.runs.values()) counts.set(step, (counts.get(step) ?? 0) + 1);
    for (const { run } of this.parked.values()) {
      const step = `parked at ${run.step}`;
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    return counts;
  }

  /** The step of the only person in it. */
  onlyStep(): string | undefined {
    if (this.runs.size !== 1) return undefined;
    for (const { step } of this.runs.values()) return step;
    return undefined;
  }

  /** All that a host must keep; only to be asked when no call is pending. */
  state(): CohortState {
    return {
      runs: [...this.runs.values()],
      later: this.later,
      parked: [...this.parked.values()],
      over: [...this.over],
    };
  }

  private take(item: CohortItem, now: Instant): void {
    switch (item.type) {
      case 'enrol':
        return this.enrol(item, now);
      case 'happened':
        return this.give(item.run, { type: 'happened', item }, item.happening.at, now);
      case 'end':
        return this.finish(item.run, item.reason, item.at, now);
      case 'retry':
        return this.retry(item.run, now);
    }
  }

  private enrol(item: EnrolItem, now: Instant): void {
    const { run: id } = item;
    if (this.runs.has(id) || this.parked.has(id) || this.over.has(id)) return;
    this.runs.set(id, newRun(item));
    this.give(id, { type: 'started' }, item.at, now);
  }

  private give(id: string, input: Input, due: Instant, now: Instant): void {
    const parked = this.parked.get(id);
    if (parked !== undefined) {
      const waiting = [...(parked.waiting ?? []), { input, due }];
      this.parked.set(id, { ...parked, waiting });
      return;
    }
    const run = this.runs.get(id);
    if (run === undefined) return;
    if (run.pending !== undefined) {
      this.backlog.set(id, [...(this.backlog.get(id) ?? []), { input, due }]);
      return;
    }
    this.move(id, input, Math.max(punctual(due, now), run.since), false);
  }

  private move(id: string, input: Input, at: Instant, recorded: boolean): void {
    const before = this.runs.get(id);
    if (before === undefined) return;
    const plan = this.planOf(before.plan);
    try {
      const setting = { at, spreadMs: this.settings.spreadMs };
      const { run, call, end } = advance(plan, before, input, setting);
      if (call !== undefined) this.calls.push({ run, call, at });
      else if (!recorded && (end !== undefined || hasMoved(before, run, plan))) {
        this.rests.push({ run, at, end });
      }
      if (end === undefined) this.keep(run);
      else this.leave(id);
    } catch (error) {
      this.park({ run: before, input, error: String(error) }, at);
    }
  }

  private park(parked: Parked, at: Instant): void {
    const { run, error } = parked;
    const waiting = this.backlog.get(run.id);
    this.runs.delete(run.id);
    this.backlog.delete(run.id);
    this.parked.set(run.id, waiting === undefined ? parked : { ...parked, waiting });
    this.rests.push({ run, at, end: undefined, error });
  }

  private retry(id: string, now: Instant): void {
    const parked = this.parked.get(id);
    if (parked === undefined) return;
    this.parked.delete(id);
    this.keep(parked.run);
    this.move(id, parked.input, now, false);
    for (const { input, due } of parked.waiting ?? []) this.give(id, input, due, now);
  }

  /** Ends a run wherever it is: before it enters, in the middle of a question, or parked. */
  private finish(id: string, reason: End, due: Instant, now: Instant): void {
    const entry = this.later.find((item) => item.type === 'enrol' && item.run === id);
    const entering = entry?.type === 'enrol' ? newRun(entry) : undefined;
    const run = this.runs.get(id) ?? this.parked.get(id)?.run ?? entering;
    if (run === undefined) return;
    const { pending: _, ...rest } = run;
    this.later = this.later.filter((item) => item.run !== id);
    this.leave(id);
    const at = Math.min(now, Math.max(punctual(due, now), run.since));
    this.rests.push({ run: rest, at, end: reason });
  }

  private keep(run: Run): void {
    this.runs.set(run.id, run);
    if (run.pending !== undefined) return;
    const due = this.dueAt(run);
    if (due === undefined || this.queued.get(run.id) === due) return;
    this.wakes.add(due, run.id);
    this.queued.set(run.id, due);
  }

  private leave(id: string): void {
    this.runs.delete(id);
    this.parked.delete(id);
    this.backlog.delete(id);
    this.over.add(id);
  }

  /** On the next tick. */
  private dueAt(run: Run): Instant | undefined {
    const wake = wakeOf(run);
    const { tickMs } = this.settings;
    return wake === undefined ? undefined : Math.ceil(wake / tickMs) * tickMs;
  }
}

/** The store placed everybody at the first step when they entered. */
const hasMoved = (before: Run, after: Run, plan: Plan): boolean =>
  after.step !== before.step && (after.step !== plan.start || after.since !== after.entered);

const newRun = ({ run: id, lead, plan, zone, at }: EnrolItem): Run =>
  beginning({ id, lead, plan, zone, entered: at });

/** When people act who were due at an instant. */
const punctual = (due: Instant, now: Instant): Instant =>
  due <= now && now - due <= PUNCTUAL_MS ? due : now;
